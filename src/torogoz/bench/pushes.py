"""Pushes of bookings for measuring: what a carrier's system sends a day before a flight, with nobody's data in it.

They are made like the corpus on which the design's figures were taken: some 1,600 bytes, 49 segments and 1.9 travellers
a booking, a release character in the phone of four travellers of ten, every third message in lines. One booking in
twelve asks for a meal that must be withheld, one in ten has a structured history, and one flight in five is sold by a
partner: what an airline sends is not all alike.
"""

from __future__ import annotations

from random import Random

from torogoz.edifact.writer import Segment

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STATES = ("SLV", "GTM", "HND", "USA", "ESP", "MEX")
_OUT = ("221126", "1400", "221126", "2105")
_BACK = ("291126", "1325", "291126", "1650")


def word(rng: Random, length: int) -> str:
    """Letters at random: nobody's name."""
    return "".join(rng.choices(_LETTERS, k=length))


def push(rng: Random, seats: int) -> list[Segment]:
    """A full push of bookings with so many travellers; in every second one check-in is open."""
    parties: list[int] = []
    while sum(parties) < seats:
        parties.append(min(rng.choice((1, 1, 1, 1, 1, 2, 2, 2, 3, 5)), seats - sum(parties)))
    body: list[Segment] = [
        ("MSG", ("", "22")), ("ORG", ("X1", "LAX")), ("TVL", _OUT, "LAX", "SAL", "X1", "310"),
        ("EQN", str(len(parties))),
    ]  # fmt: skip
    open_ = rng.random() < 0.5
    first = 0
    for people in parties:
        body += _booking(rng, people, first, check_in=open_)
        first += people
    return body


def _booking(rng: Random, people: int, first: int, *, check_in: bool) -> list[Segment]:
    locator, surname = word(rng, 6), word(rng, 8)
    givens = [word(rng, 6) + rng.choice(("MS", "MR")) for _ in range(people)]
    phone = f"{'+' if rng.random() < 0.4 else ''}5030{rng.randrange(10**7):07d}"
    segments: list[Segment] = [
        ("SRC",), ("RCI", ("X1", locator, "", f"{rng.randint(1, 28):02d}1026", "1022")),
        *([("SSR", (rng.choice(("KSML", "DBML")), "HK", "1", "X1"))] if rng.random() < 1 / 12 else []),
        ("DAT", ("700", "211126", "1450"), ("710", "011126")),
        ("IFT", ("4", "28", "", "X1"), f"CTCM {phone}"),
        ("IFT", ("4", "28", "", "X1"), f"CTCE {givens[0][:6]}.{surname}//EXAMPLE.ORG"),
        ("IFT", ("4", "28", "", "X1"), f"X1 RLOC {word(rng, 12)} TICKETED BY {word(rng, 5)}"),
        ("ORG", ("X1", "MUC"), (f"99{rng.randrange(30):04d}00", "SALX1"), "SAL", "", "T", ("SV", "USD"), "GS"),
        ("ADD", "", ("700", f"{rng.randint(1, 99)} CALLE DEL VOLCAN", "SANTA ANA", "", "", "SV")),
    ]  # fmt: skip
    for place, given in enumerate(givens, start=1):
        segments += _traveller(rng, surname, given, place)
    for here, leg in ((True, _leg(rng)), (False, ("TVL", _BACK, "SAL", "LAX", "X1", ("311", "Y")))):
        segments += [leg, ("RPI", str(people), "HK"), ("APD", "320")]
        ends = ("LAX", "SAL") if here else ("SAL", "LAX")
        seated = [(_seat(first + place), "", str(place + 1)) for place in range(people)]
        segments += [("SSR", ("SEAT", "HK", str(people), "X1", "", "", *ends), *seated), ("RCI", ("X1", locator))]
        if here and check_in:
            for place, given in enumerate(givens):
                segments += _check_in(rng, surname, given, place, _seat(first + place))
    if rng.random() < 0.1:
        segments += [
            ("ABI", "1", ("", "SALX1"), "SAL", "", "X1"), ("DAT", ("ZT", "071126", "1010")), ("SAC", "", "", "X"),
            ("TIF", surname, (f"X{givens[0]}", "A", "1")), ("SAC", "", "", "A"),
            ("TIF", surname, (givens[0], "A", "1")),
        ]  # fmt: skip
    for line in range(rng.randint(2, 9)):
        changed = f"{line}/Z/X1 RM {word(rng, 6)} CR-SALX1 99000000 SU 0001AA/DS-{word(rng, 8)} 01NOV1022Z"
        segments.append(("LTS", changed))
    return segments


def _traveller(rng: Random, surname: str, given: str, place: int) -> list[Segment]:
    state, sex = rng.choice(_STATES), "F" if given.endswith("MS") else "M"
    born = f"{rng.randint(1, 28):02d}JUN{rng.randint(40, 99)}"
    text = f"/P/{state}/A{rng.randrange(10**8):08d}/{state}/{born}/{sex}/02NOV32/{surname}/{given[:6]}"
    paid = f"{rng.randint(200, 900)}.52"
    segments: list[Segment] = [("TIF", surname, (given, "A", str(place)))]
    if rng.random() < 0.4:
        segments.append(("FTI", ("X1", f"{rng.randrange(10**9):09d}")))
    segments += [
        ("REF", ("", f"{rng.randrange(10**8):08d}")), ("FAR", "N", "", "", "", "", "YN324N"),
        ("SSR", ("DOCS", "HK", "1", "X1", "", "", "", "", text)),
        ("TKT", (f"999{rng.randrange(10**10):010d}", "T", "1")),
        ("MON", ("B", "250.00", "USD"), ("T", paid, "USD")), ("PTK", "NR", "", ("011126", "1010"), "X1", "999", "SAL"),
        ("TXD", "", ("3.10", "", "", "AY6"), ("8.50", "", "", "YQ")), ("DAT", ("710", "011126", "1022")),
        ("FOP", ("CC", "", paid, "VI", f"4111XXXXXXXX{rng.randrange(10**4):04d}", "1229")),
    ]  # fmt: skip
    if place == 1:
        segments.append(("IFT", ("4", "43"), f"{given[:6]} {surname}", "12 CALLE DEL VOLCAN", "50322223333"))
    return segments


def _leg(rng: Random) -> Segment:
    if rng.random() < 0.2:
        return ("TVL", _OUT, "LAX", "SAL", ("X7", "X1"), ("310", "Y"))
    return ("TVL", _OUT, "LAX", "SAL", "X1", ("310", rng.choice("YBM")))


def _seat(place: int) -> str:
    return f"{place // 6 + 1}{_LETTERS[place % 6]}"


def _check_in(rng: Random, surname: str, given: str, place: int, seat: str) -> list[Segment]:
    number = f"LAX-{rng.randrange(999):03d}"
    return [
        ("DAT", ("2", "221126", f"08{rng.randrange(60):02d}")), ("ORG", "X1", "", "", "", "A"),
        ("TRI", "", (number, "", "", str(place + 1))), ("TIF", surname, (given, "A", str(place + 1))),
        ("SSD", seat, "", "", "", "Y"),
        ("TBD", "", ("1", "23", "700"), "", ("HP", number), ("999", f"{rng.randrange(10**10):010d}", "1", "SAL")),
    ]  # fmt: skip
