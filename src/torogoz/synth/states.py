"""What people of a state look like on paper: cultures, cities, telephone code, and how its documents are numbered.

The patterns imitate what is publicly known of each state's style, no more; `#` stands for a digit, `@` for a letter,
any other sign for itself. Telephone numbers begin with `000` after the country code, which no numbering plan assigns;
those of the North American plan end in 555-01xx, the range kept for fiction.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class State:
    """One state: `cultures` are weights, `passport` and `card` number patterns (no card: none is good for travel)."""

    code: str
    alpha2: str
    currency: str
    calling: str
    cultures: tuple[tuple[str, float], ...]
    passport: str
    card: str | None
    cities: tuple[str, ...]


def _state(text: str) -> State:
    code, alpha2, currency, calling, cultures, passport, card, cities = text.split("|")
    weights = (entry.partition("=")[::2] for entry in cultures.split())
    return State(
        code,
        alpha2,
        currency,
        calling,
        tuple((culture, float(weight)) for culture, weight in weights),
        passport,
        card or None,
        tuple(city.replace("_", " ") for city in cities.split()),
    )


#: Citizens of the four states of the CA-4 agreement cross each other's borders with an identity card.
CA4 = frozenset({"SLV", "GTM", "HND", "NIC"})

STATES: dict[str, State] = {
    state.code: state
    for state in map(
        _state,
        (
            "SLV|SV|USD|503|es=1|@########|########-#|SAN_SALVADOR SANTA_ANA SAN_MIGUEL SOYAPANGO SONSONATE USULUTAN",
            "GTM|GT|GTQ|502|es=1|#########|#############|GUATEMALA QUETZALTENANGO ESCUINTLA COBAN",
            "HND|HN|HNL|504|es=1|@#######|#############|TEGUCIGALPA SAN_PEDRO_SULA LA_CEIBA COMAYAGUA",
            "NIC|NI|NIO|505|es=1|C########|#############@|MANAGUA LEON MASAYA GRANADA",
            "CRI|CR|CRC|506|es=1|@########||SAN_JOSE ALAJUELA CARTAGO LIMON",
            "PAN|PA|USD|507|es=1|PA#######||PANAMA DAVID COLON",
            "MEX|MX|MXN|52|es=1|@########||MEXICO GUADALAJARA MONTERREY PUEBLA MERIDA",
            "COL|CO|COP|57|es=1|@@######||BOGOTA MEDELLIN CALI BARRANQUILLA",
            "PER|PE|PEN|51|es=1|#########||LIMA AREQUIPA TRUJILLO CUSCO",
            "ECU|EC|USD|593|es=1|@#######||QUITO GUAYAQUIL CUENCA",
            "CUB|CU|CUP|53|es=1|@######||LA_HABANA SANTIAGO CAMAGUEY",
            "VEN|VE|USD|58|es=1|#########||CARACAS MARACAIBO VALENCIA",
            "ARG|AR|ARS|54|es=0.8 it=0.2|@@@######||BUENOS_AIRES CORDOBA ROSARIO",
            "ESP|ES|EUR|34|es=1|@@@######||MADRID BARCELONA SEVILLA VALENCIA BILBAO",
            "USA|US|USD|1|en=0.38 es=0.52 ar=0.02 zh=0.03 in=0.03 ko=0.02|#########||LOS_ANGELES HOUSTON NEW_YORK",
            "CAN|CA|CAD|1|en=0.55 fr=0.2 es=0.15 zh=0.05 in=0.05|@@######||TORONTO MONTREAL VANCOUVER CALGARY",
            "GBR|GB|GBP|44|en=0.9 in=0.06 ar=0.04|#########||LONDON LEEDS BRISTOL GLASGOW",
            "FRA|FR|EUR|33|fr=0.9 ar=0.1|##@@#####||PARIS LYON TOULOUSE LILLE",
            "DEU|DE|EUR|49|de=1|C#@#####@||BERLIN HAMBURG MUENCHEN KOELN",
            "ITA|IT|EUR|39|it=1|Y@#######||ROMA MILANO TORINO NAPOLI",
            "BRA|BR|BRL|55|pt=1|@@######||SAO_PAULO RIO_DE_JANEIRO RECIFE CURITIBA",
            "CHN|CN|CNY|86|zh=1|E@#######||GUANGZHOU SHANGHAI WENZHOU FUZHOU",
            "KOR|KR|KRW|82|ko=1|M@#######||SEOUL BUSAN INCHEON",
            "IND|IN|INR|91|in=1|@#######||MUMBAI DELHI CHENNAI HYDERABAD",
            "RUS|RU|RUB|7|ru=1|#########||MOSKVA KAZAN SAMARA",
            "LBN|LB|LBP|961|ar=1|LR#######||BEIRUT TRIPOLI SAIDA",
            "JOR|JO|JOD|962|ar=1|@######||AMMAN IRBID ZARQA",
            "EGY|EG|EGP|20|ar=1|A########||CAIRO ALEXANDRIA GIZA",
            "NGA|NG|NGN|234|ng=1|A########||LAGOS ABUJA KANO",
            "IDN|ID|IDR|62|id=1|@#######||JAKARTA SURABAYA BANDUNG",
        ),
    )
}


def number(pattern: str, rng: Random) -> str:
    """Draw a document number in a state's style."""
    return "".join(
        rng.choice("0123456789") if sign == "#" else rng.choice(_LETTERS) if sign == "@" else sign for sign in pattern
    )


def phone(state: State, index: int) -> str:
    """The telephone number of household `index`: different for different households, and nobody's."""
    if state.calling == "1":
        return f"+1{200 + index // 100 % 800:03d}55501{index % 100:02d}"
    return f"+{state.calling}000{index:06d}"


def card_number(index: int) -> str:
    """A payment card of a published test range; its first six and last four digits tell households apart."""
    last = f"{index % 10_000:04d}"
    head = f"4111{index // 10_000 % 100:02d}"
    for filler in range(10):
        digits = f"{head}00000{filler}{last}"
        if _luhn(digits):
            return digits
    raise AssertionError("one of ten fillers always passes the check digit")


def _luhn(digits: str) -> bool:
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
