"""The columns of a manifest: one row for each, with its two names and the other words that operators use.

Words are compared without accents, case and signs. What stands in brackets behind a name says how its dates are
written, `(DD/MM/YYYY)` or `(DD/MM/AAAA)`, and so takes the doubt from 03/04/1990. FAL marks what the IMO FAL forms 5
and 6 call the same thing. Columns that are known and not kept are read only for sensitive words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class DateOrder(StrEnum):
    """How a column writes its dates."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    YEAR_FIRST = "year first"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in English, by which findings call it, and in Spanish; other words; and what it may do.

    `journey`: it says where and when, and not who. `kept` is False for what is read and not kept.
    """

    key: str
    es: str
    others: str = ""
    journey: bool = False
    kept: bool = True


_ROWS = (
    # The journey.
    Column("mode", "modo", "medio, via, transporte, means_of_transport", journey=True),
    Column("operator", "operador", "carrier, airline, aerolinea, empresa, naviera, transportista", journey=True),
    Column(
        "number",
        "numero_viaje",
        "flight, flight_number, vuelo, numero_vuelo, numero_de_vuelo, numero_de_viaje, viaje, voyage, voyage_number,"
        " service, servicio, trip",
        journey=True,
    ),
    Column(
        "vehicle",
        "vehiculo",
        "registration, aircraft_registration, tail_number, matricula, placa, plate, imo_number, numero_imo, omi,"
        " numero_omi, ship, buque, bus, call_sign, callsign, aeronave",
        journey=True,
    ),
    Column(
        "departure_place",
        "lugar_salida",
        "lugar_de_salida, from, origin, origen, desde, departure_airport, aeropuerto_salida, aeropuerto_de_salida,"
        " port_of_departure, puerto_salida, puerto_de_salida, last_port_of_call, salida_de",
        journey=True,
    ),
    Column(
        "departure_local",
        "salida_local",
        "departure, departure_time, date_of_departure, salida, fecha_salida, fecha_de_salida, hora_salida, etd",
        journey=True,
    ),
    Column(
        "arrival_place",
        "lugar_llegada",
        "lugar_de_llegada, to, destination, destino, hasta, arrival_airport, aeropuerto_llegada,"
        " aeropuerto_de_llegada, port_of_arrival, puerto_llegada, puerto_de_llegada, next_port_of_call",
        journey=True,
    ),
    Column(
        "arrival_local",
        "llegada_local",
        "arrival, arrival_time, date_of_arrival, llegada, fecha_llegada, fecha_de_llegada, hora_llegada, eta",
        journey=True,
    ),
    Column("prepared_at", "preparado_utc", "prepared_utc, list_made_at", journey=True),
    # The traveller.
    Column("role", "calidad", "rol, tipo_viajero, traveller_type, traveler_type, tipo_de_viajero, person_type"),
    Column("rank", "cargo", "rank_or_rating, rango, rango_o_puesto, puesto, crew_position"),
    Column("surname", "apellidos", "family_name, surnames, last_name, apellido, primer_apellido, family_names"),
    Column("given_names", "nombres", "given_name, first_name, first_names, forenames, nombre, nombre_propio"),
    Column("full_name", "nombre_completo", "name, nombre_y_apellidos, apellidos_y_nombres, full_names"),
    Column("sex", "sexo", "gender, genero"),
    Column("birth_date", "fecha_nacimiento", "date_of_birth, birthdate, dob, fecha_de_nacimiento, nacimiento"),
    Column("birth_place", "lugar_nacimiento", "place_of_birth, lugar_de_nacimiento"),
    Column("nationality", "nacionalidad", "citizenship, ciudadania"),
    Column("residence", "residencia", "country_of_residence, pais_de_residencia, pais_residencia"),
    Column(
        "document_type",
        "tipo_documento",
        "tipo_de_documento, nature_of_identity_document, type_of_identity_document, naturaleza_del_documento,"
        " type_of_identity_or_travel_document",
    ),
    Column(
        "document_number",
        "numero_documento",
        "numero_de_documento, number_of_identity_document, passport_number, passport, pasaporte, numero_de_pasaporte,"
        " numero_pasaporte, documento, document, dui, serial_number_of_identity_or_travel_document",
    ),
    Column(
        "document_issuer",
        "emisor_documento",
        "issuing_state_of_identity_document, issuing_country, issuing_state, pais_emisor, pais_de_emision,"
        " estado_emisor, issuing_state_of_identity_or_travel_document",
    ),
    Column(
        "document_expiry",
        "vencimiento_documento",
        "expiry_date_of_identity_document, expiry, expiry_date, vencimiento, fecha_de_vencimiento, caducidad,"
        " expiry_date_of_identity_or_travel_document",
    ),
    Column("visa_number", "numero_visa", "visa, numero_de_visa, visa_residence_permit_number"),
    Column("mrz", "zona_mrz", "mrz_1, mrz1, zona_de_lectura_mecanica, machine_readable_zone"),
    Column("mrz_2", "zona_mrz_2", "mrz2"),
    Column("mrz_3", "zona_mrz_3", "mrz3"),
    Column("reference", "referencia", "passenger_reference, numero_de_reserva"),
    Column("record_locator", "localizador", "pnr, booking_reference, codigo_de_reserva"),
    Column("seat", "asiento", "seat_number, numero_de_asiento"),
    Column("bags", "equipaje", "bag_count, bultos, piezas_de_equipaje, pieces"),
    Column("phone", "telefono", "telephone, mobile, celular, movil"),
    Column("email", "correo", "e_mail, mail, correo_electronico"),
    Column("address", "direccion", "domicilio"),
    Column("transit", "transito", "transit_passenger, in_transit, pasajero_en_transito, en_transito"),
    Column("embarkation_place", "lugar_embarque", "port_of_embarkation, puerto_de_embarque"),
    Column("disembarkation_place", "lugar_desembarque", "port_of_disembarkation, puerto_de_desembarque"),
    # Known, and not kept.
    Column("line", "linea", "no, n, nr, num, numero, item", kept=False),
    Column("remarks", "observaciones", "comments, notes, remark, notas, comentarios", kept=False),
)
#: key → column.
COLUMNS: dict[str, Column] = {column.key: column for column in _ROWS}

_BRACKETS = re.compile(r"\(([^()]*)\)")
_NO_LETTERS = re.compile(r"[^a-z0-9]+")
#: What a header says in brackets → how its dates are written; the time is always hours and minutes.
_ORDERS = {
    "dmy": DateOrder.DAY_FIRST,
    "dma": DateOrder.DAY_FIRST,
    "mdy": DateOrder.MONTH_FIRST,
    "mda": DateOrder.MONTH_FIRST,
    "ymd": DateOrder.YEAR_FIRST,
    "amd": DateOrder.YEAR_FIRST,
}


def plain(text: str) -> str:
    """A word of a header or a closed list for comparing: `Número de Vuelo` is `numero_de_vuelo`."""
    letters = unicodedata.normalize("NFKD", text.lower().replace("'", "").replace("’", ""))
    return _NO_LETTERS.sub("_", "".join(sign for sign in letters if not unicodedata.combining(sign))).strip("_")


_NAMES: dict[str, Column] = {
    plain(name): column for column in _ROWS for name in (*column.others.split(","), column.es, column.key) if name
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A cell of the header: its column, None where it is not known, and how its dates are written, None if not said."""

    column: Column | None
    order: DateOrder | None = None


def heading(text: str) -> Heading:
    """What a cell of the header stands for."""
    said = _BRACKETS.search(text)
    order = None
    if said:
        letters = "".join(dict.fromkeys(sign for sign in said[1].lower().split(" ")[0] if sign.isalpha()))
        order = _ORDERS.get(letters)
    return Heading(_NAMES.get(plain(_BRACKETS.sub(" ", text))), order)
