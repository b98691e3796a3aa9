"""How the languages of a nation form names: the syllables and endings from which its rarer names are put together.

A shape is a row of choices, one part from each; a group's rare names are drawn from its shapes until there are enough.
They need not exist. They need to be as long, and as easily taken for each other, as names of the language are. The
words of a label are the same in every run: people are drawn anew by seed, languages are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

Shape = tuple[tuple[str, ...], ...]

#: Draws for each word wanted before a label is told to have too few shapes.
_PATIENCE = 40


def rare(label: str, count: int) -> list[str]:
    """Make so many different names of a label of `SHAPES`, in lower case; ValueError where its shapes are too few."""
    rng = Random(f"names/{label}")
    shapes = SHAPES[label]
    found: dict[str, None] = {}
    for _ in range(_PATIENCE * count):
        if len(found) == count:
            return list(found)
        found["".join(map(rng.choice, rng.choice(shapes)))] = None
    raise ValueError(f"the shapes of {label} make fewer than {count} names")


def _row(*parts: str) -> Shape:
    """One shape: each part is its choices parted by blanks; `-` is none of them."""
    return tuple(tuple("" if one == "-" else one for one in part.split()) for part in parts)


_V = "a e i o u"
_ES_ON = "b br c cr d f fr g gr h j l ll m n p pr r s t tr v z ch gu al ar es en ur am"
_ES_MID = "l r n s d m rr ll nd rt rd st nt mb lc rc z ñ b g v c t rn sc nz lv rb mp"
_ES_END = (
    "ez es ero era illo illa eda al ales ano ana ón osa oso ito ar ín ado ares uela ola ete aza azo eiro ondo oz iz ua"
)
_BASQUE = "eche goico uri mendi iturri zabal olaza arri ibar lar sala arti bide elo uga aran beri gara muru oyar zubi"
_BASQUE_END = "berri garay aga ena eta zar ain ondo alde egui barrena gain arte buru tegui zabal uren eche goitia"
_AR = "b d f h j k kh l m n q r s sh t w y z gh th dh"
_RU_ON = "b v g d zh z k l m n p r s t kh ch sh br vl gr dr kr st tr sm ch gl pr"
_RU_MID = "b v g d zh z k l m n p r s t kh ch sh lk rn st ln rk dn bl rt sk tn rm lt nk"
_PT_ON = "b br c cr d f fr g gr j l m n p pr r s t tr v x ch lh al"
_PT_MID = "l r n s d m rr nd rt rd st nt mb lh nh ç v g c t rn"
_EN_ON = (
    "ash birch oak wood hart brad chat clay cran dun east ell fair far graf gos had ham har hay hol kings lang lin mar"
    " mel mill mor nor old pem pres rad red ren shef ship stan stock sut thorn tun wal war wel west whit win wy yar"
    " bent bos bram bur cal cam car ches cot cul der dray ed el fen fle gar gil gran hals hib hin hor hux kel kem kir"
    " lam led"
)
_EN_END = (
    "ton ley ford ham worth by field wood well ridge shaw more burn brook dale stead hurst combe wick land bury son"
    " cott den gate grave head hill mond man bourne borough caster church croft don ger ington ingham ell er et ett in"
)
_FR_ON = "b bl br c ch cl d dr f fl fr g gr j l m n p pl pr r s t tr v bois beau mont cour"
_FR_MID = "l r n s d m rr nd rt rd ss nt mb ll nn v g c t rn ch gn bl vr mp nc"
_FR_END = "eau ard in et ot ier and ac ville mont ert aud oux on el elle eron ois ais ain ey é ac ault eret inot elin"
_EN_GIVEN = "al ar be bri ca ce cha da de do el er fa ga ha ja je ka ke la le li ma me mi na ro ry sa sha ta tre va za"

#: label → shapes. `es`, `ar` … are surnames, `es.F` and `es.M` given names; `zh.given` is of one or two syllables.
SHAPES: dict[str, tuple[Shape, ...]] = {
    "es": (
        _row(_ES_ON, _V, _ES_MID, _ES_END),
        _row(_ES_ON, _V, _ES_MID, _V, _ES_MID, _ES_END),
        _row(_BASQUE, _BASQUE_END),
    ),
    "es.F": (
        _row(
            "yu ya ma da lei ka ro mi an el de ju xio no be gra clo lu se vi",
            "ri li na sa ra del mi si",
            "sleidy mara sela dalia neth lina ana ela isa bel dira lia dys ria selda via linda",
        ),
    ),
    "es.M": (
        _row(
            "wil ed her al os ro ma da yo jo el ar ger val ne le fre tran ru flo",
            "mer gar ni ber wil ma de der man lan re vi ri",
            "son to ndo o ro io el ín ias ido ulo dino sto berto",
        ),
    ),
    "ar": (
        _row(_AR, "a", _AR, "i a u", _AR, "i awi ani a"),
        _row(_AR, "a", _AR, "ee i u aa", _AR, "i iya -"),
        _row("mu ma", _AR, "a", _AR, "i a", _AR, "i -"),
        _row(_AR, "u", _AR, "ay a ai", _AR, "i -"),
    ),
    "ar.F": (_row(_AR, "a", _AR, "i ee a", _AR, "a ah"), _row(_AR, "u a", _AR, _AR, "a an iya")),
    "ar.M": (
        _row(_AR, "a", _AR, "i ee a", _AR),
        _row("mu", _AR, "a", _AR, "i", _AR),
        _row(_AR, "a", _AR, _AR, "an oun"),
    ),
    "ru": (
        _row(_RU_ON, "a e i o u y", _RU_MID, "ov ev in"),
        _row(_RU_ON, "a e i o u ya", _RU_MID, "a e o u i", _RU_MID, "ov ev in ov sky"),
        _row(_RU_ON, "a e i o u", _RU_MID, "enko uk chuk chenko nik sky ets"),
    ),
    "ru.F": (_row("a e i o u", "l n r v m s d", "e i a u", "l n r v m s t", "ina a iya isa ena"),),
    "ru.M": (_row("a e i o u", "l n r v m s d f g", "e i a o u", "l n r v m s t d", "iy ey an on il"),),
    "pt": (
        _row(_PT_ON, _V, _PT_MID, "eira eiro inho ais al es ão ar ado ais edo osa ães ino ena im"),
        _row(_PT_ON, _V, _PT_MID, _V, _PT_MID, "eira eiro inho al es ão ado edo osa ino a o"),
    ),
    "pt.F": (
        _row("jo lu ma da ro va si cla el ge ni sil", "si ce le ra va ne ci", "lene ane ila ete mara ne lda ária iane"),
    ),
    "pt.M": (
        _row(
            "jo ed va ro cle ge wa ma os ru ader", "ni mil val ber ci de", "son ton dir mar ndo valdo berto nei elson"
        ),
    ),
    "en": (
        _row(_EN_ON, _EN_END),
        _row(_EN_ON, "- er ing en il le", _EN_END),
        _row("mac mc fitz o'", _EN_ON, "- er ey an in ell", "- s son y"),
        _row(
            "b c d f g h k l m n p r s t w br cr st",
            "a e i o oo ea ai",
            "ck ll rd n t sh ng rt nd ss",
            "- er man ey s son ing",
        ),
    ),
    "en.F": (_row(_EN_GIVEN, "li ni ri ta le na shi ve", "- a e na ne lle nda tte lyn beth"),),
    "en.M": (_row(_EN_GIVEN, "n r l v d m s ck", "on an in er ell iel ence ard by ick as"),),
    "zh": (_row("b ch d f g h j l m n p q s sh t w x y z zh", "a an ang ao e en eng i iu ong ou u uo ei ian"),),
    "zh.given": (
        _row("b ch d f g h j l m n p q r s sh t w x y z zh", "a an ang ao ei en eng i ong ou u un uo iao ian iang"),
    ),
    "fr": (
        _row(_FR_ON, _V, _FR_MID, _FR_END),
        _row(_FR_ON, "ou ai oi eu au", _FR_MID, _FR_END),
        _row(_FR_ON, _V, _FR_MID, _V, _FR_MID, _FR_END),
    ),
    "fr.F": (_row("a é ma cla so vi mi lu ro da bé ge", "l r n m d v s", "ine ette elle ie iane ise ance onie ène"),),
    "fr.M": (_row("a é ma cla so vi mi lu ro da bé ge", "l r n m d v s", "ien ard in ic el aud ent ance bert ain"),),
}


def capitalised(names: Sequence[str]) -> list[str]:
    """Write names as documents in mixed case do: `o'darley` as `O'Darley`."""
    return ["'".join(part.capitalize() for part in name.split("'")) for name in names]
