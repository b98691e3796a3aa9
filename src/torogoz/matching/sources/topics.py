"""The topics of OpenSanctions for persons, and which of them may be a reason to stand on a watchlist.

An import names the topics that its legal basis covers, and no other person is admitted. A topic is meant exactly:
`sanction` takes in nobody who is only `sanction.linked`. Source of the codes: FollowTheMoney's type *topic*. That these
grounds are enough is for the owner of the list and their legal basis to say (LR-70); that some are none is said here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from torogoz.errors import AuthorError
from torogoz.matching.sources.rows import Language


class Ground(StrEnum):
    """What a topic may be for a watchlist of travellers.

    `conduct` is something that a person is said to have done or is sanctioned for. `political` is an office, or being
    close to somebody: no reason by itself, refused line by line unless the topic is asked for by name. `never` is a
    belief, an opinion or an honest profession, which no import can ask for (LR-73, LR-79).
    """

    CONDUCT = "conduct"
    POLITICAL = "political"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Topic:
    """What a topic may be here, and its words in either language."""

    ground: Ground
    words: dict[Language, str]


def _topics(ground: Ground, rows: dict[str, tuple[str, str]]) -> dict[str, Topic]:
    return {code: Topic(ground, {"es": spanish, "en": english}) for code, (spanish, english) in rows.items()}


TOPICS: dict[str, Topic] = {
    **_topics(
        Ground.CONDUCT,
        {
            "sanction": ("persona sancionada", "sanctioned"),
            "sanction.counter": ("sanción en respuesta a otra", "counter-sanctioned"),
            "wanted": ("persona buscada", "wanted"),
            "crime": ("delito", "crime"),
            "crime.terror": ("terrorismo", "terrorism"),
            "crime.traffick": ("tráfico ilícito", "trafficking"),
            "crime.traffick.drug": ("tráfico de drogas", "drug trafficking"),
            "crime.traffick.human": ("trata de personas", "human trafficking"),
            "crime.boss": ("jefatura criminal", "criminal leadership"),
            "crime.war": ("crímenes de guerra", "war crimes"),
            "crime.fin": ("delito financiero", "financial crime"),
            "crime.fraud": ("fraude", "fraud"),
            "crime.cyber": ("delito informático", "cybercrime"),
            "crime.theft": ("robo", "theft"),
            "crime.env": ("delito ambiental", "environmental violations"),
            "export.control": ("control de exportaciones", "export controlled"),
            "debarment": ("inhabilitación para contratar", "debarred"),
            "poi": ("persona de interés", "person of interest"),
        },
    ),
    **_topics(
        Ground.POLITICAL,
        {
            "role.pep": ("persona expuesta políticamente", "politically exposed person"),
            "role.pep.frmr": ("antes expuesta políticamente", "formerly politically exposed"),
            "role.pep.intl": ("expuesta políticamente, internacional", "politically exposed, international"),
            "role.pep.natl": ("expuesta políticamente, nacional", "politically exposed, national"),
            "role.pol": ("político o política", "politician"),
            "role.rca": ("pariente o persona cercana", "relative or close associate"),
            "role.oligarch": ("oligarca", "oligarch"),
            "sanction.linked": ("vinculada a una persona sancionada", "linked to somebody sanctioned"),
            "export.control.linked": ("vinculada a un control de exportaciones", "linked to an export control"),
        },
    ),
    **_topics(
        Ground.NEVER,
        {
            "role.journo": ("periodista", "journalist"),
            "role.act": ("activista", "activist"),
            "role.lawyer": ("abogado o abogada", "lawyer"),
            "role.judge": ("juez o jueza", "judge"),
            "role.civil": ("servicio público", "civil servant"),
            "role.diplo": ("diplomático o diplomática", "diplomat"),
            "role.acct": ("contador o contadora", "accountant"),
            "role.lobby": ("cabildero o cabildera", "lobbyist"),
            "pol.party": ("partido político", "political party"),
            "pol.union": ("sindicato", "union"),
            "rel": ("religión", "religion"),
            "mil": ("fuerzas armadas", "military"),
        },
    ),
}
#: What an import may ask for.
GROUNDS = tuple(code for code, topic in TOPICS.items() if topic.ground is not Ground.NEVER)
POLITICAL = frozenset(code for code, topic in TOPICS.items() if topic.ground is Ground.POLITICAL)


def chosen(topics: Iterable[str]) -> frozenset[str]:
    """The topics that an import asks for; refused where there is none, or one that is no ground."""
    asked = frozenset(topics)
    if not asked:
        raise AuthorError(
            "this format needs the topics that are admitted",
            remedy="name those that the list's legal basis covers; nothing was loaded",
        )
    if wrong := asked.difference(GROUNDS):
        # Only what stands in the table is repeated: anything could have been written here.
        raise AuthorError(
            "{number} of the topics are unknown, or no reason to stand on a list ({known})",
            remedy="choose among: {grounds}",
            number=len(wrong),
            known=", ".join(sorted(wrong & TOPICS.keys())) or "–",
            grounds=", ".join(GROUNDS),
        )
    return asked
