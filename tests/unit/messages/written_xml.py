"""A push of bookings as XML, written from the same values as the EDIFACT of `synth.render.pnrgov`; its own work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from xml.sax.saxutils import escape, quoteattr

from torogoz.domain.booking import Booking
from torogoz.domain.journey import FlightLeg
from torogoz.domain.manifest import Message
from torogoz.domain.traveller import ContactKind, Traveller
from torogoz.synth.render.pnrgov import Colour
from torogoz.synth.states import STATES


def element(name: str, *inner: str, **attributes: str | None) -> str:
    """An element with those attributes that have a value."""
    said = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items() if value)
    return f"<{name}{said}>{''.join(inner)}</{name}>" if inner else f"<{name}{said}/>"


def told(name: str, text: str | None) -> str:
    """An element with a text, where there is one."""
    return element(name, escape(text)) if text else ""


def push(message: Message, colours: Sequence[Colour]) -> bytes:
    """The whole document."""
    leg = message.flights[0]
    bookings = [_booking(each, message, colour) for each, colour in zip(message.bookings, colours, strict=True)]
    root = element(
        "IATA_PNRGOV_NotifRQ",
        element("Originator", AirlineCode=message.sender),
        _leg("FlightLeg", leg, CarrierCode=leg.designator.carrier, FlightNumber=_number(leg)),
        element("PNRs", *bookings, NumberOfPnrs=str(message.expected_bookings)),
        Version="14.1",
        TimeStamp=_moment(message.prepared_at, "Z"),
        MessageFunction=message.function,
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'.encode()


def _moment(moment: datetime | date | None, offset: str = "") -> str | None:
    if isinstance(moment, datetime):
        return f"{moment:%Y-%m-%dT%H:%M:00}{offset}"
    return f"{moment:%Y-%m-%d}" if moment else None


def _number(leg: FlightLeg) -> str:
    return leg.designator.number + leg.designator.suffix


def _leg(name: str, leg: FlightLeg, *inner: str, **attributes: str | None) -> str:
    return element(
        name,
        element("DepartureAirport", LocationCode=leg.departure_airport),
        element("ArrivalAirport", LocationCode=leg.arrival_airport),
        *inner,
        DepartureDateTime=_moment(leg.departure_local),
        ArrivalDateTime=_moment(leg.arrival_local),
        **attributes,
    )


def _booking(booking: Booking, message: Message, colour: Colour) -> str:
    carrier = booking.carrier or ""
    name = element("BookingRefID", element("CompanyName", Code=carrier), ID=booking.record_locator)
    created = _moment(booking.created_at, "Z")
    if booking.cancelled:
        return element("PNR", name, PNR_CreationDate=created)
    people = [message.travellers[place] for place in booking.travellers]
    contacts = [
        element("ContactInfo", PhoneNumber=each.value)
        if each.kind is ContactKind.PHONE
        else element("ContactInfo", EmailAddress=each.value)
        for each in booking.contacts
        if each.kind is not ContactKind.ADDRESS
    ]
    addresses = [each.value.split(", ") for each in booking.contacts if each.kind is ContactKind.ADDRESS]
    contacts += [
        element("ContactInfo", told("AddressLine", street), told("CityName", city), told("CountryName", country))
        for street, city, country in addresses
    ]
    return element(
        "PNR",
        name,
        *(element("OSI", told("Text", remark)) for remark in colour.remarks),
        *contacts,
        element("POS", _office(booking, carrier)),
        # Flights before passengers: the order of elements must not matter.
        *(_flight(leg, message, colour, people, carrier) for leg in booking.itinerary),
        *(_passenger(each, place, booking, carrier) for place, each in enumerate(people)),
        _split(booking, carrier),
        *(told("HistoryLine", line) for line in colour.history),
        PNR_CreationDate=created,
        PNR_TransDate=_moment(message.prepared_at, "Z") if created else None,
        LastTktDate=_moment(booking.created_at.date()) if booking.created_at else None,
    )


def _office(booking: Booking, carrier: str) -> str:
    agency = booking.agency
    if agency is None or agency.code is None:
        return element(
            "Source", AirlineVendorID=carrier, AirportCode=agency.city if agency else None, AgentDutyCode="A"
        )
    state = STATES[agency.country or ""]
    return element(
        "Source",
        element("RequestorID", ID=agency.code),
        AirlineVendorID=carrier,
        AirportCode=agency.city or "MUC",
        AgentDutyCode="T",
        ISOCountry=state.alpha2,
        ISOCurrency=state.currency,
    )


def _passenger(traveller: Traveller, place: int, booking: Booking, carrier: str) -> str:
    kind = "INF" if traveller.infant else "CHD" if traveller.title in ("MISS", "MSTR") else "ADT"
    tickets = ""
    if place < len(booking.tickets):
        paid = [
            element(
                "PaymentInfo",
                PaymentType=each.form,
                PaymentAmount=each.amount,
                VendorCode="VI" if each.card else None,
                AccountNbr=each.card,
                ExpiryDate="2029-12" if each.card else None,
                CardHolderName=f"{traveller.given_names or ''} {traveller.surname}".strip() if each.card else None,
            )
            for each in (booking.payments if place == 0 else ())
        ]
        prices = [
            element(name, Amount=each.amount, CurrencyCode=each.currency)
            for each in (booking.payments[-1:] if place == 0 else ())
            for name in ("BaseFare", "TotalFare")
        ]
        tickets = element("TicketDocument", *prices, *paid, TicketDocumentNbr=booking.tickets[place].number, Type="T")
    return element(
        "Passenger",
        told("GivenName", traveller.given_names),
        told("Surname", traveller.surname),
        told("NameTitle", traveller.title),
        *(element("CustLoyalty", ProgramID=a.carrier, MembershipID=a.number) for a in traveller.frequent_flyer),
        element("FareInfo", PTC_Code=kind),
        element("DOC_SSR", _docs(traveller), element("FlightInfo", Code=carrier), SSR_Code="DOCS", Status="HK")
        if traveller.documents or traveller.birth_date
        else "",
        tickets,
        RPH=str(place + 1),
    )


def _docs(traveller: Traveller) -> str:
    document = traveller.documents[0] if traveller.documents else None
    return element(
        "DOCS",
        TravelDocType=document.type if document else None,
        IssuingLoc=document.issuer if document else None,
        TravelDocNbr=document.number if document else None,
        PaxNationality=traveller.nationality,
        DateOfBirth=_moment(traveller.birth_date.whole() if traveller.birth_date else None),
        Gender=traveller.sex and traveller.sex.value,
        ExpiryDate=_moment(document.expiry if document else None),
        Surname=traveller.surname,
        FirstGivenName=traveller.given_names,
    )


def _flight(leg: FlightLeg, message: Message, colour: Colour, people: list[Traveller], carrier: str) -> str:
    pushed = message.flights[0]
    here = (leg.departure_airport, leg.departure_local) == (pushed.departure_airport, pushed.departure_local)
    requests = [
        element(
            "SSR",
            element("Airline", Code=carrier),
            told("Text", request.text),
            SSR_Code=request.code,
            Status="HK",
            ServiceQuantity="1",
            BoardPoint=leg.departure_airport,
            OffPoint=leg.arrival_airport,
            RPH=str(place + 1),
        )
        for place, of_one in enumerate(colour.requests if here else ())
        for request in of_one
    ]
    check_ins = [
        _check_in(each, place, leg, colour.checked_in_at)
        for place, each in enumerate(people)
        if here and colour.checked_in_at and each.checked_in
    ]
    operating = leg.operating if leg.operating and leg.operating != leg.designator else None
    return _leg(
        "Flight",
        leg,
        element("MarketingAirline", Code=leg.designator.carrier),
        element("OperatingAirline", Code=operating.carrier, FlightNumber=operating.number) if operating else "",
        element("Equipment", AirEquipType="320"),
        *requests,
        *check_ins,
        FlightNumber=_number(leg),
        ResBookDesigCode="Y",
        NumberInParty=str(len(people)),
        Status="HK",
    )


def _check_in(traveller: Traveller, place: int, leg: FlightLeg, at: datetime) -> str:
    number = f"{leg.departure_airport}-{place + 1:03d}"
    bags = ""
    if traveller.bags and traveller.bags.count:
        tag = traveller.bags.tags[0]
        weight = traveller.bags.weight_kg
        bags = element(
            "BagInfo",
            element(
                "BagTag",
                Carrier=tag[:2],
                Number=tag[2:],
                Count=str(traveller.bags.count),
                Destination=leg.arrival_airport,
            ),
            Quantity=str(traveller.bags.count),
            Weight=f"{weight:g}" if weight is not None else None,
            UnitOfMeasureCode="700",
            PoolRole="HP",
            PoolNumber=number,
        )
    return element(
        "CheckInInfo",
        told("BoardingNumber", number),
        told("SeatNumber", traveller.seat or "XXX"),
        bags,
        RPH=str(place + 1),
        CabinClass="Y",
        CheckInDateTime=_moment(at - timedelta(minutes=3 * place)),
    )


def _split(booking: Booking, carrier: str) -> str:
    if not booking.split_from:
        return ""
    name = element("BookingRefID", element("CompanyName", Code=carrier), ID=booking.split_from)
    return element("SplitPNR", name, NumberOfPassengers="1")
