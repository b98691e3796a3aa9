"""What is wrong with a rule, where in its document, and what its author must do, in Spanish and English.

A code is stable; its sentence and remedy stand in one table. `at` is a JSON pointer (RFC 6901) into the document. The
values that fill a sentence come from the rule or from the vocabulary, never from a traveller.
"""

from __future__ import annotations

from dataclasses import dataclass

from torogoz.errors import AuthorError
from torogoz.targeting.field import Language, Text


@dataclass(frozen=True, slots=True)
class RuleFinding:
    """One reason for which a rule is refused."""

    code: str
    at: str
    values: tuple[tuple[str, str], ...] = ()

    def text(self, language: Language) -> str:
        """What is wrong."""
        return CATALOGUE[self.code][0].of(language).format(**dict(self.values))

    def remedy(self, language: Language) -> str:
        """What the author must do."""
        return CATALOGUE[self.code][1].of(language).format(**dict(self.values))


class RuleRefusedError(AuthorError):
    """The rule is not written as it must be, or asks what no rule may ask."""

    def __init__(self, findings: tuple[RuleFinding, ...]) -> None:
        self.findings = findings
        first = findings[0]
        super().__init__(
            f"rule refused, {first.code} at {first.at or '/'}: {first.text(Language.EN)}",
            remedy=first.remedy(Language.EN),
        )


def finding(code: str, at: str, **values: object) -> RuleFinding:
    """Make a finding. What the author wrote is cut to a line, freed of signs that would steer a terminal, or named."""
    return RuleFinding(code, _plain(at), tuple((name, _plain(value)) for name, value in values.items()))


def _plain(value: object) -> str:
    if not isinstance(value, str | int | float | None):
        return type(value).__name__
    return "".join(sign if sign.isprintable() else "�" for sign in str(value)[:200])


#: code → what is wrong, what to do.
CATALOGUE: dict[str, tuple[Text, Text]] = {
    "NOT_JSON": (
        Text("el archivo no es JSON válido", "the file is not valid JSON"),
        Text("corrija la sintaxis cerca de la línea {line}", "correct the syntax near line {line}"),
    ),
    "TOO_LARGE": (
        Text("el criterio pasa del límite de {limit} {what}", "the rule exceeds the limit of {limit} {what}"),
        Text("divídalo en varios criterios más sencillos", "split it into several simpler rules"),
    ),
    "NOT_OBJECT": (
        Text("aquí va un objeto JSON", "a JSON object belongs here"),
        Text("escriba {{ … }} con las claves que pide la guía", "write {{ … }} with the keys that the guide asks for"),
    ),
    "MISSING_KEY": (
        Text("falta «{key}»", "“{key}” is missing"),
        Text("añada «{key}» al criterio", "add “{key}” to the rule"),
    ),
    "UNKNOWN_KEY": (
        Text("la clave «{key}» no existe aquí", "the key “{key}” does not exist here"),
        Text("quítela; aquí caben: {known}", "remove it; these fit here: {known}"),
    ),
    "DUPLICATE_KEY": (
        Text("la clave «{key}» está dos veces", "the key “{key}” stands twice"),
        Text("deje una sola vez cada clave", "keep each key once"),
    ),
    "WRONG_TEXT": (
        Text("aquí va un texto de {least} a {most} caracteres", "a text of {least} to {most} characters belongs here"),
        Text("escríbalo para que un auditor lo entienda", "write it so that an auditor understands it"),
    ),
    "WRONG_KEY_FORM": (
        Text(
            "la clave de un criterio lleva minúsculas, cifras y guiones",
            "a rule's key has small letters, digits and hyphens",
        ),
        Text("escríbala como compra-tardia-en-efectivo", "write it like late-cash-purchase"),
    ),
    "WRONG_PURPOSE": (
        Text("«{given}» no es una finalidad para criterios", "“{given}” is not a purpose for rules"),
        Text("elija una de: {known}", "choose one of: {known}"),
    ),
    "WRONG_GRAVITY": (
        Text("la gravedad va de 1 (la mayor) a 4", "gravity goes from 1 (the gravest) to 4"),
        Text("escriba un número entero de 1 a 4", "write a whole number from 1 to 4"),
    ),
    "WRONG_DATE": (
        Text("aquí va una fecha AAAA-MM-DD", "a date YYYY-MM-DD belongs here"),
        Text("escríbala como 2027-03-31", "write it like 2027-03-31"),
    ),
    "REVIEW_PAST": (
        Text("la fecha de revisión ya pasó", "the review date is past"),
        Text("revise el criterio y fije una fecha futura", "review the rule and set a date to come"),
    ),
    "REVIEW_LATE": (
        Text("la revisión queda a más de un año", "the review is more than a year away"),
        Text("fije una fecha de revisión dentro de un año", "set a review date within a year"),
    ),
    "WRONG_NODE": (
        Text(
            "una condición tiene «all», «any», «not» o «field», y solo uno de ellos",
            "a condition has “all”, “any”, “not” or “field”, and only one of them",
        ),
        Text("deje uno solo y anide los demás dentro", "keep one and nest the others inside it"),
    ),
    "EMPTY_LIST": (
        Text("la lista está vacía", "the list is empty"),
        Text("añada al menos un elemento", "add at least one element"),
    ),
    "UNKNOWN_FIELD": (
        Text("el campo «{field}» no existe", "the field “{field}” does not exist"),
        Text("elija un campo del vocabulario; parecido: {near}", "choose a field of the vocabulary; similar: {near}"),
    ),
    "SPECIAL_CATEGORY": (
        Text(
            "«{field}» revela o sustituye una categoría especial de datos (religión, salud, origen étnico, opiniones, "
            "sindicato, vida sexual)",
            "“{field}” reveals or stands in for a special category of data (religion, health, ethnic origin, opinions, "
            "union, sex life)",
        ),
        Text(
            "quítelo: ningún criterio puede usarlo ni por aproximación",
            "remove it: no rule may use it, not even by approximation",
        ),
    ),
    "WORDS_OF_SPECIAL_CATEGORY": (
        Text(
            "el texto habla de una categoría especial de datos («{word}»)",
            "the text speaks of a special category of data (“{word}”)",
        ),
        Text(
            "un criterio no puede perseguir eso: describa la conducta",
            "a rule may not pursue that: describe the conduct",
        ),
    ),
    "UNKNOWN_OPERATOR": (
        Text("el operador «{op}» no existe", "the operator “{op}” does not exist"),
        Text("para este campo caben: {known}", "for this field these fit: {known}"),
    ),
    "WRONG_OPERATOR": (
        Text("«{op}» no se aplica a «{field}»", "“{op}” does not apply to “{field}”"),
        Text("para este campo caben: {known}", "for this field these fit: {known}"),
    ),
    "WRONG_VALUE": (
        Text("el valor no es del tipo de «{field}»", "the value is not of the type of “{field}”"),
        Text("escriba {expected}", "write {expected}"),
    ),
    "WRONG_BOUNDS": (
        Text("el primer límite es mayor que el segundo", "the first bound is greater than the second"),
        Text("escriba primero el menor", "write the lesser one first"),
    ),
    "DIFFERENT_TYPES": (
        Text("«{field}» y «{other}» no son del mismo tipo", "“{field}” and “{other}” are not of the same type"),
        Text("compare campos del mismo tipo", "compare fields of the same type"),
    ),
    "FIELD_NOT_ALLOWED": (
        Text(
            "la finalidad «{purpose}» no permite leer «{field}» (datos: {classes})",
            "the purpose “{purpose}” may not read “{field}” (data: {classes})",
        ),
        Text("quite el campo o justifique otra finalidad", "remove the field or give grounds for another purpose"),
    ),
    "NO_OBJECTIVE_GROUND": (
        Text(
            "el criterio alcanzaría a un viajero corriente por lo que es, por su origen o por su vuelo",
            "the rule would reach an ordinary traveller for what they are, their origin or their flight",
        ),
        Text(
            "una cada rama con «all» a un hecho objetivo y fuera de lo común del viaje, la reserva o el documento",
            "join each branch with “all” to an objective fact out of the ordinary: of trip, booking or document",
        ),
    ),
    "TOO_COMPLEX": (
        Text(
            "la condición es demasiado compleja para probar que es lícita",
            "the condition is too complex to prove that it is lawful",
        ),
        Text("divídalo en varios criterios más sencillos", "split it into several simpler rules"),
    ),
    "NEVER_FIRES": (
        Text(
            "el criterio no puede alcanzar a nadie: se contradice, o «unless» excluye a todos",
            "the rule can reach nobody: it contradicts itself, or “unless” excuses everybody",
        ),
        Text("revise los límites y lo que el criterio excluye", "check the bounds and what the rule excludes"),
    ),
    "NO_EXONERATION": (
        Text(
            "el criterio no dice qué hechos hablan a favor del viajero",
            "the rule does not say which facts speak for the traveller",
        ),
        Text(
            "añada «unless» con esos hechos, o «no_unless_es» y «no_unless_en» con la razón por la que no los hay",
            "add “unless” with those facts, or “no_unless_es” and “no_unless_en” with the reason why there are none",
        ),
    ),
    "TWO_EXONERATIONS": (
        Text("«unless» y «no_unless_…» se excluyen", "“unless” and “no_unless_…” exclude each other"),
        Text("deje solo uno", "keep only one"),
    ),
    "EMPTY_EXONERATION": (
        Text(
            "ningún viajero alcanzado podría cumplir «unless»", "no traveller who is reached could ever meet “unless”"
        ),
        Text("escriba hechos que de verdad puedan darse", "write facts that can really occur"),
    ),
    "READS_FORGETTING": (
        Text(
            "«{field}» solo cuenta lo que todavía se conserva: que sea poco o desconocido puede deberse al olvido",
            "“{field}” tells only what is still kept: that it is little, or unknown, may be because of forgetting",
        ),
        Text("pregunte solo si es al menos tanto", "ask only whether it is at least so much"),
    ),
    "EXONERATION_BY_ORIGIN": (
        Text("«unless» perdona por el origen («{field}»)", "“unless” excuses by origin (“{field}”)"),
        Text(
            "exima por hechos, no por nacionalidad, residencia o ruta",
            "excuse by facts, not by nationality, residence or route",
        ),
    ),
}
