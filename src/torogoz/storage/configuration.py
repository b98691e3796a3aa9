"""The settings of one installation: one table, read from `torogoz.toml` in the home and from the environment.

The environment (`TOROGOZ_` and the name in capitals) comes before the file, the file before the default. A name in
the file that is not in the table, or a value that is not of its form, is refused with AuthorError that says which: a
mistyped name must not leave the default in force unseen. Values are never quoted: one could be a password's.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlparse
from zoneinfo import available_timezones

import pycountry

from torogoz.domain.operating_points import DEFAULT_POINTS
from torogoz.errors import AuthorError
from torogoz.messages.sensitive_table import CHANGE
from torogoz.privacy.schedule import MOST_CROSSING_MONTHS, MOST_RAW_DAYS, MOST_SEALED_HOURS, PROFILES
from torogoz.storage.home import Home

#: No operating point lies nearer to 0 or 1 than this.
LEAST_POINT = 0.001

#: Gives the value of a setting, or None where it is not of its form.
Form = Callable[[object], object | None]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: `form` admits its values, `must` says which those are, `default` holds where nobody says another."""

    name: str
    default: object
    form: Form
    must: str
    english: str
    spanish: str

    @property
    def variable(self) -> str:
        """The variable of the environment that comes before the file."""
        return f"TOROGOZ_{self.name.upper()}"


class Place(StrEnum):
    """Where a setting is said."""

    ENVIRONMENT = "environment"
    FILE = "torogoz.toml"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Said:
    """The value of a setting in force, and where it is said."""

    value: object
    place: Place


def _number(least: int, most: int) -> Form:
    def form(value: object) -> int | None:
        if isinstance(value, str) and re.fullmatch(r"-?\d{1,9}", value, re.ASCII):
            value = int(value)
        return value if type(value) is int and least <= value <= most else None

    return form


def _probability(value: object) -> float | None:
    if isinstance(value, str) and re.fullmatch(r"0\.\d{1,4}", value, re.ASCII):
        value = float(value)
    return value if isinstance(value, float) and LEAST_POINT <= value <= 1 - LEAST_POINT else None


def _truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else {"true": True, "false": False}.get(str(value).lower())


def _one_of(values: Callable[[], Any]) -> Form:
    return lambda value: value if isinstance(value, str) and value in values() else None


def _origin(value: object) -> str | None:
    try:
        parts = urlparse(str(value))
        whole = parts.scheme in {"http", "https"} and parts.hostname and f"{parts.scheme}://{parts.netloc}" == value
    except ValueError:
        return None
    return str(value) if whole and "@" not in parts.netloc else None


def _hosts(value: object) -> tuple[str, ...] | None:
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
        return None
    clean = tuple(each.strip() for each in names if each.strip())
    return clean if all(re.fullmatch(r"[A-Za-z0-9.:\[\]-]+", each) for each in clean) else None


def _changes(value: object) -> tuple[str, ...] | None:
    rows = value.split(",") if isinstance(value, str) else value
    if not isinstance(rows, list) or not all(isinstance(each, str) for each in rows):
        return None
    clean = tuple(each.strip() for each in rows if each.strip())
    return clean if all(CHANGE.match(each) for each in clean) else None


_CHANGES_MUST = 'a list of rows such as "ssr:VGML", "word:ayuno", "phrase:año santo" and "title:hermano"'


def _words(most: int) -> Form:
    """A text of one line in the signs that every carrier's system shows."""
    return lambda value: value if isinstance(value, str) and re.fullmatch(rf"[ -~]{{0,{most}}}", value) else None


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "state",
        "SLV",
        _one_of(lambda: {country.alpha_3 for country in pycountry.countries} | {"RKS"}),
        "a state's code of three letters, as ISO 3166 has it",
        "the state whose border is watched",
        "el Estado cuya frontera se vigila",
    ),
    Setting(
        "time_zone",
        "America/El_Salvador",
        _one_of(available_timezones),
        "a name of the IANA time zone database, such as America/El_Salvador",
        "the state's clock, beside UTC on every page",
        "el reloj del Estado, junto a UTC en cada página",
    ),
    Setting(
        "origin",
        "",
        _origin,
        "scheme and host, such as https://piu.example, without a path",
        "the address people type; cookies are for HTTPS only where it is https (empty: this machine's own)",
        "la dirección que se escribe; las cookies exigen HTTPS si es https (vacía: la de esta máquina)",
    ),
    Setting(
        "allowed_hosts",
        (),
        _hosts,
        "a list of host names",
        "further names under which it may be asked",
        "otros nombres con los que se le puede consultar",
    ),
    Setting(
        "require_second_factor",
        None,
        _truth,
        "true or false",
        "whether nobody works without a second factor (nothing said: true, and false in a demonstration)",
        "si nadie trabaja sin un segundo factor (sin decirlo: true, y false en una demostración)",
    ),
    Setting(
        "claim_minutes",
        15,
        _number(1, 240),
        "a whole number from 1 to 240",
        "how long a claim on a hit lasts, in minutes",
        "cuánto dura la toma de una alerta, en minutos",
    ),
    Setting(
        "cleared_sample_percent",
        2,
        _number(0, 100),
        "a whole number from 0 to 100",
        "how many of a hundred hits of cleared persons are queued all the same as a control, beside one a week",
        "cuántas de cada cien alertas aclaradas van igual a la cola como control, además de una por semana",
    ),
    Setting(
        "entry_hits_a_day",
        10,
        _number(1, 100_000),
        "a whole number from 1 to 100000",
        "hits of one list entry in a day above which its owner is alarmed; none is dropped",
        "alertas de una entrada en un día por encima de las cuales se avisa a su dueño; ninguna se pierde",
    ),
    Setting(
        "entry_hits_a_week",
        30,
        _number(1, 100_000),
        "a whole number from 1 to 100000",
        "the same in a week",
        "lo mismo en una semana",
    ),
    Setting(
        "entry_rejected_percent",
        90,
        _number(1, 100),
        "a whole number from 1 to 100",
        "percent of an entry's decided hits that were somebody else, from which its owner is alarmed",
        "porcentaje de alertas decididas de una entrada que eran otra persona, desde el cual se avisa al dueño",
    ),
    Setting(
        "series_minutes",
        5,
        _number(1, 1440),
        "a whole number from 1 to 1440",
        "minutes for which the missing parts of a list or a push are waited for",
        "minutos durante los que se esperan las partes que faltan de una lista o un envío",
    ),
    Setting(
        "list_change_percent",
        20,
        _number(0, 100),
        "a whole number from 0 to 100",
        "the share of a list that an update may change without a second person",
        "la parte de una lista que una actualización puede cambiar sin una segunda persona",
    ),
    Setting(
        "list_waiting_days",
        7,
        _number(1, 30),
        "a whole number from 1 to 30",
        "days for which a change of a list waits to be put in force before it lapses",
        "días que un cambio de una lista espera para entrar en vigor antes de caducar",
    ),
    Setting(
        "review_probability",
        DEFAULT_POINTS.review,
        _probability,
        "a number from 0.001 to 0.999",
        "from which probability on a match is raised ([how to choose](matching.md))",
        "desde qué probabilidad se da una alerta ([cómo elegirla](matching.md))",
    ),
    Setting(
        "urgent_probability",
        DEFAULT_POINTS.urgent,
        _probability,
        "a number from 0.001 to 0.999",
        "from which probability on an alert is marked as urgent; not below the former",
        "desde qué probabilidad una alerta se marca como urgente; no menor que la anterior",
    ),
    Setting(
        "retention_profile",
        "c817",
        _one_of(lambda: PROFILES),
        f"one of {', '.join(PROFILES)}",
        "how long travellers are kept ([what each means](../auditor/retention.md))",
        "cuánto tiempo se guarda a los viajeros ([qué significa cada uno](../auditor/retention.md))",
    ),
    Setting(
        "raw_days",
        30,
        _number(1, MOST_RAW_DAYS),
        f"a whole number from 1 to {MOST_RAW_DAYS}",
        "days for which redacted messages are kept",
        "días durante los que se guardan los mensajes depurados",
    ),
    Setting(
        "sealed_hours",
        72,
        _number(1, MOST_SEALED_HOURS),
        f"a whole number from 1 to {MOST_SEALED_HOURS}",
        "hours for which what could not be read stays sealed for replay",
        "horas durante las que lo ilegible queda sellado para releerlo",
    ),
    Setting(
        "crossing_months",
        60,
        _number(1, MOST_CROSSING_MONTHS),
        f"a whole number from 1 to {MOST_CROSSING_MONTHS}",
        "months for which the migration law keeps crossing records",
        "meses durante los que la ley migratoria guarda los cruces",
    ),
    Setting(
        "retention_hour",
        3,
        _number(0, 23),
        "a whole number from 0 to 23",
        "the hour of the state's clock at which the nightly run of retention begins",
        "la hora del Estado en que empieza la depuración nocturna",
    ),
    Setting(
        "sensitive_add",
        (),
        _changes,
        _CHANGES_MUST,
        "what this state withholds beside the table of sensitive data ([the table](../auditor/sensitive.md))",
        "lo que este Estado retira además de la tabla de datos sensibles ([la tabla](../auditor/sensitive.md))",
    ),
    Setting(
        "sensitive_keep",
        (),
        _changes,
        _CHANGES_MUST,
        "what this state does not withhold although the table says it",
        "lo que este Estado no retira aunque la tabla lo diga",
    ),
    Setting(
        "office",
        "PIU",
        lambda value: value if isinstance(value, str) and re.fullmatch(r"[A-Z0-9]{1,35}", value) else None,
        "1 to 35 capital letters and digits",
        "the name under which carriers are written to (UNB, sender)",
        "el nombre con que se escribe a los transportistas (UNB, emisor)",
    ),
    Setting(
        "hotline",
        "",
        _words(30),
        "a telephone number of at most 30 plain signs",
        "the number answered day and night; while it is empty nobody is kept from boarding",
        "el teléfono atendido día y noche; mientras esté vacío no se impide embarcar a nadie",
    ),
    Setting(
        "answer_seconds",
        4,
        _number(1, 30),
        "a whole number from 1 to 30",
        "seconds after which a carrier that asked is given the agreed fall-back",
        "segundos tras los que el transportista que preguntó recibe la respuesta de reserva acordada",
    ),
)


def read(home: Home, environment: Mapping[str, str]) -> dict[str, Any]:
    """Every setting with its value. AuthorError for a file that is not TOML, and for each name or value amiss."""
    return {name: said.value for name, said in read_with_places(home, environment).items()}


def read_with_places(home: Home, environment: Mapping[str, str]) -> dict[str, Said]:
    """Every setting with its value and its place. The same errors as `read`."""
    file = _file(home)
    unknown = sorted(file.keys() - {each.name for each in SETTINGS})
    if unknown:
        shown = "".join(sign if sign.isprintable() else "?" for sign in unknown[0])[:60]
        raise AuthorError(
            f"torogoz.toml has no setting {shown}", remedy="see docs/operator/settings.md for their names"
        )
    return {each.name: _said(each, file, environment) for each in SETTINGS}


def _said(setting: Setting, file: Mapping[str, object], environment: Mapping[str, str]) -> Said:
    if environment.get(setting.variable):
        return Said(_value(setting, environment[setting.variable]), Place.ENVIRONMENT)
    if setting.name in file:
        return Said(_value(setting, file[setting.name]), Place.FILE)
    return Said(setting.default, Place.DEFAULT)


def _value(setting: Setting, value: object) -> object:
    found = setting.form(value)
    if found is None:
        raise AuthorError(f"the setting {setting.name} is not as it must be", remedy=f"write {setting.must}")
    return found


def _file(home: Home) -> dict[str, Any]:
    try:
        return tomllib.loads(home.settings.read_text(encoding="utf-8")) if home.settings.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise AuthorError("torogoz.toml is not written as TOML in UTF-8", remedy="correct it in the home") from problem
