"""How the booking was paid. Only PNR tells. The currency stands in for a country and never carries a rule."""

from __future__ import annotations

from math import isfinite

from torogoz.targeting.field import CODE, CURRENCY, PNR, About, Field, Kind, Range, Text
from torogoz.targeting.subject import Subject

#: The code of cash among the forms of payment (PADIS 9888).
CASH = "CA"
#: No fare in any currency is greater; what is greater was misread.
MOST = 1e9


def _forms(subject: Subject) -> frozenset[str] | None:
    payments = subject.person.booking.payments if subject.person.booking else ()
    return frozenset(form for payment in payments if (form := payment.form.strip().upper())) or None


def _cash(subject: Subject) -> bool | None:
    forms = _forms(subject)
    return None if forms is None else CASH in forms


def _currencies(subject: Subject) -> frozenset[str] | None:
    payments = subject.person.booking.payments if subject.person.booking else ()
    return frozenset(payment.currency.strip().upper() for payment in payments if payment.currency) or None


def _amount(subject: Subject) -> float | None:
    """What was paid, where it was paid at once: of several payments, messages often repeat the total beside each."""
    payments = subject.person.booking.payments if subject.person.booking else ()
    if len(payments) != 1:
        return None
    try:
        amount = float(payments[0].amount or "unknown")
    except ValueError:
        return None
    return amount if isfinite(amount) and 0 <= amount <= MOST else None


FIELDS = (
    Field(
        "payment.forms",
        Kind.CODES,
        About.CONDUCT,
        Text("Formas de pago", "Forms of payment"),
        Text(
            "Códigos de forma de pago, como CC (tarjeta) o CA (efectivo)",
            "Codes of payment, such as CC (card) or CA (cash)",
        ),
        _forms,
        reads=PNR,
        read_from=("payments",),
        form=CODE,
        ordinary=frozenset({"CC"}),
    ),
    Field(
        "payment.cash",
        Kind.BOOLEAN,
        About.CONDUCT,
        Text("Pago en efectivo", "Paid in cash"),
        Text("Si alguna parte se pagó en efectivo", "Whether any part was paid in cash"),
        _cash,
        reads=PNR,
        read_from=("payments",),
        ordinary=frozenset({False}),
    ),
    Field(
        "payment.amount",
        Kind.DECIMAL,
        About.CONDUCT,
        Text("Importe pagado", "Amount paid"),
        Text(
            "En la moneda en que se pagó; desconocido si hubo varios pagos",
            "In the currency in which it was paid; unknown where there were several payments",
        ),
        _amount,
        reads=PNR,
        read_from=("payments",),
        possible=Range(0, MOST),
        ordinary=Range(50, 5000),
    ),
    Field(
        "payment.currencies",
        Kind.CODES,
        About.ORIGIN,
        Text("Monedas del pago", "Currencies of payment"),
        Text("Códigos de moneda, como USD", "Codes of currency, such as USD"),
        _currencies,
        reads=PNR,
        read_from=("payments",),
        form=CURRENCY,
    ),
)
