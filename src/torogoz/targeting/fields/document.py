"""The documents a traveller shows. Kinds and issuers stand in for origin and status, so they never carry a rule."""

from __future__ import annotations

from torogoz.domain.document import Document
from torogoz.targeting.field import CODE, COUNTRY, About, Field, Kind, Range, Text
from torogoz.targeting.subject import Subject


def _travelled_on(subject: Subject) -> Document | None:
    """The first passport, else the first document that is not a visa."""
    documents = [document for document in subject.person.documents if document.type != "V"]
    passports = [document for document in documents if document.type == "P"]
    return next(iter(passports or documents), None)


def _days_to_expiry(subject: Subject) -> int | None:
    document = _travelled_on(subject)
    if document is None or document.expiry is None:
        return None
    return (document.expiry - subject.flight.key.departure_date).days


def _codes(codes: frozenset[str | None]) -> frozenset[str] | None:
    return frozenset(code for code in codes if code) or None


def _issuer_differs(subject: Subject) -> bool | None:
    document, nationality = _travelled_on(subject), subject.person.first(lambda said: said.nationality)
    if document is None or document.issuer is None or nationality is None:
        return None
    return document.issuer != nationality


FIELDS = (
    Field(
        "document.types",
        Kind.CODES,
        About.PERSON,
        Text("Clases de documento", "Kinds of document"),
        Text("Códigos de clase, como P (pasaporte) o V (visa)", "Codes of kind, such as P (passport) or V (visa)"),
        lambda subject: _codes(frozenset(document.type for document in subject.person.documents)),
        read_from=("documents",),
        form=CODE,
    ),
    Field(
        "document.issuers",
        Kind.CODES,
        About.ORIGIN,
        Text("Países emisores", "Issuing countries"),
        Text("Países que emitieron los documentos", "Countries that issued the documents"),
        lambda subject: _codes(frozenset(document.issuer for document in subject.person.documents)),
        read_from=("documents",),
        form=COUNTRY,
    ),
    Field(
        "document.issuer_differs",
        Kind.BOOLEAN,
        About.ORIGIN,
        Text(
            "Documento de un país que no es el de la nacionalidad", "Document of a country other than the nationality's"
        ),
        Text(
            "Le pasa a refugiados y residentes: nunca puede ser el único motivo",
            "This befalls refugees and residents: it can never be the only ground",
        ),
        _issuer_differs,
        read_from=("documents", "nationality"),
    ),
    Field(
        "document.count",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Número de documentos", "Number of documents"),
        Text(
            "Documentos distintos que los mensajes dan del viajero",
            "Different documents that the messages give for the traveller",
        ),
        lambda subject: len(subject.person.documents) or None,
        read_from=("documents",),
        possible=Range(1, 20),
        ordinary=Range(1, 2),
    ),
    Field(
        "document.days_to_expiry",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Días hasta el vencimiento del documento", "Days until the document expires"),
        Text(
            "Desde la salida; negativo si ya venció. Del pasaporte, y si no hay, del primer documento",
            "From departure; negative where it has expired. Of the passport, else of the first document",
        ),
        _days_to_expiry,
        read_from=("documents",),
        possible=Range(-36500, 36500),
        ordinary=Range(180, 3650),
    ),
)
