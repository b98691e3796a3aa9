"""One PNR element to the segments of its booking, in the order of the EDIFACT groups whatever the order of elements.

What an element is called is confirmed by published samples or modelled after the EDIFACT group (docs). An attribute or
element that is not taken here stays in the tree, where the reader finds and counts it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from torogoz.edifact.writer import Segment
from torogoz.messages.pnrgov_xml.tree import Node
from torogoz.messages.pnrgov_xml.written import day_and_clock, field, month_of_card, spoken

#: FareInfo/@PTC_Code → TIF 6353: what kind of traveller.
_KINDS = {"INF": "IN", "IN": "IN", "INS": "IN", "CHD": "C", "CNN": "C", "CH": "C"}
_YES = frozenset(("TRUE", "Y", "YES", "1"))


class Said(NamedTuple):
    """A segment, and the bytes that say it."""

    segment: Segment
    start: int
    end: int


def _whole(node: Node, *written: Segment) -> Iterator[Said]:
    for each in written:
        yield Said(each, node.start, node.end)


def leg_segments(leg: Node) -> Iterator[Said]:
    """The flight that is pushed."""
    times = (*day_and_clock(leg.take("DepartureDateTime"), utc=False), *_arrival(leg))
    start = leg.one("DepartureAirport").take("LocationCode")
    end = leg.one("ArrivalAirport").take("LocationCode")
    carrier, number = leg.take("CarrierCode"), leg.take("FlightNumber")
    operating = leg.one("OperatingAirline").take("Code")
    named = (carrier, operating) if operating and operating != carrier else carrier
    yield from _whole(leg, ("TVL", times, start, end, named, number))


def _arrival(node: Node) -> tuple[str, str]:
    return day_and_clock(node.take("ArrivalDateTime"), utc=False)


def booking_segments(pnr: Node, here: str) -> Iterator[Said]:
    """The segments of a booking; `here` is the airport from which the flight leaves that is pushed."""
    yield Said(("SRC",), pnr.start, pnr.tag_end)
    yield from _head(pnr)
    passengers = [(passenger, passenger.attributes.get("RPH", "")) for passenger in pnr.all("Passenger")]
    for passenger, _ in passengers:
        yield from _passenger(passenger)
    flights = pnr.all("Flight")
    for flight in flights:
        start = flight.one("DepartureAirport").take("LocationCode")
        yield from _flight(flight, start)
        if start == here:
            for passenger, reference in passengers:
                for check_in in passenger.all("CheckInInfo"):
                    yield from _check_in(check_in, reference)
    if not passengers and not flights and not pnr.all("POS"):
        # A booking of which nothing is left but its name was cancelled.
        yield Said(("ORG",), pnr.start, pnr.tag_end)
    yield from _rest(pnr)


def _head(pnr: Node) -> Iterator[Said]:
    created = day_and_clock(pnr.take("PNR_CreationDate"), utc=True)
    names = pnr.all("BookingRefID")
    records = [(name.one("CompanyName").take("Code"), name.take("ID"), "") for name in names]
    if records:
        first = (*records[0], *created) if any(created) else records[0]
        yield Said(("RCI", first, *records[1:]), names[0].start, names[-1].end)
    for request in pnr.all("SSR"):
        yield from _request(request)
    changed, ticketed = (day_and_clock(pnr.take(name), utc=True) for name in ("PNR_TransDate", "LastTktDate"))
    dates = [(code, *moment) for code, moment in (("700", changed), ("710", ticketed)) if any(moment)]
    if dates:
        yield Said(("DAT", *dates), pnr.start, pnr.tag_end)
    for remark in (*pnr.all("OSI"), *pnr.all("Remark")):
        yield from _whole(remark, ("IFT", ("4", "28"), f"{remark.take('Code')} {_text_of(remark)}".strip()))
    for contact in pnr.all("ContactInfo"):
        yield from _contact(contact)
    for office in pnr.all("POS"):
        yield from _office(office)
    for bags in pnr.all("PrepaidBag"):
        yield from _whole(bags, ("EBD", "", bags.take("UnitOfMeasureQuantity")))


def _text_of(node: Node) -> str:
    texts = [node.text(), node.take("Text", "Description"), *(each.text() for each in node.all("Text"))]
    return " ".join(filter(None, (*texts, *(each.text() for each in node.all("TEXT")))))


def _contact(node: Node) -> Iterator[Said]:
    number, email = node.take("PhoneNumber"), node.take("EmailAddress")
    if number:
        yield from _whole(node, ("IFT", ("4", "28"), f"CTCM {number}"))
    if email:
        yield from _whole(node, ("IFT", ("4", "28"), f"CTCE {email}"))
    street = " ".join(filter(None, (each.text() for each in node.all("AddressLine"))))
    rest = [node.one(name).text() for name in ("CityName", "StateProv", "CountryName")]
    if street or any(rest):
        city, state, country = rest
        yield from _whole(node, ("ADD", "", ("700", street, city, state, "", country)))


def _office(node: Node) -> Iterator[Said]:
    source = node.one("Source")
    code, office = source.one("RequestorID").take("ID"), source.take("PseudoCityCode")
    system, city = source.take("AirlineVendorID"), source.take("AirportCode")
    kind, agent = source.take("AgentDutyCode"), source.take("AgentSine")
    country, currency = source.take("ISOCountry", "ISOCOuntry"), source.take("ISOCurrency")
    nation = (country, currency) if currency else country
    yield from _whole(node, ("ORG", system, (code, office), city, "", kind, nation, agent))


def _request(node: Node) -> Iterator[Said]:
    code, status, number = node.take("SSR_Code"), node.take("Status"), node.take("ServiceQuantity")
    carrier = node.one("Airline").take("Code")
    board, off, whom = node.take("BoardPoint"), node.take("OffPoint"), node.take("RPH")
    seats = [each.text() or each.take("Number") for each in node.all("SeatNumber")]
    written = (code, status, number, carrier, "", "", board, off, _text_of(node))
    about = [(seat, "", whom) for seat in seats] or ([("", "", whom)] if whom else [])
    yield from _whole(node, ("SSR", written, *about))


def _passenger(node: Node) -> Iterator[Said]:
    names = [node.one(name) for name in ("GivenName", "MiddleName", "SurnamePrefix", "Surname", "NameTitle")]
    given, middle, prefix, surname, title = (each.text() for each in names)
    sent = [each for each in names if each in node.children]
    start, end = (min(e.start for e in sent), max(e.end for e in sent)) if sent else (node.start, node.tag_end)
    fares = node.all("FareInfo")
    kind = next((_KINDS[code] for fare in fares if (code := fare.take("PTC_Code").upper()) in _KINDS), "A")
    words = " ".join(filter(None, (given, middle, title)))
    yield Said(("TIF", f"{prefix} {surname}".strip(), (words, kind, node.take("RPH"))), start, end)
    for account in node.all("CustLoyalty"):
        carrier, number = account.take("ProgramID"), account.take("MembershipID")
        yield from _whole(account, ("FTI", (carrier, number)))
    for bags in node.all("ExcessBaggage"):
        yield from _whole(bags, ("EBD", "", bags.take("UnitOfMeasureQuantity")))
    for request in node.all("SSR"):
        yield from _request(request)
    for request in node.all("DOC_SSR"):
        yield from _documents(request, infant=kind == "IN")
    for ticket in node.all("TicketDocument"):
        yield from _ticket(ticket)


def _documents(node: Node, *, infant: bool) -> Iterator[Said]:
    node.take("SSR_Code")
    status, number = node.take("Status"), node.take("ServiceQuantity")
    carrier = node.one("FlightInfo").take("Code")
    for code, read in (("DOCS", _docs), ("DOCO", _doco), ("DOCA", _doca)):
        for each in node.all(code):
            text = read(each, infant=infant)
            yield from _whole(each, ("SSR", (code, status, number, carrier, "", "", "", "", text)))


def _docs(node: Node, *, infant: bool) -> str:
    sex = node.take("Gender").upper()
    lap = infant or node.take("PaxInfant", "InfantInd").upper() in _YES
    fields = (
        node.take("TravelDocType"),
        node.take("IssuingLoc"),
        node.take("TravelDocNbr"),
        node.take("PaxNationality"),
        spoken(node.take("DateOfBirth")),
        f"{sex[0]}I" if sex and lap else sex,
        spoken(node.take("ExpiryDate")),
        node.take("Surname"),
        node.take("FirstGivenName"),
        node.take("SecondGivenName"),
    )
    return "/" + "/".join(map(field, fields))


def _doco(node: Node, *, infant: bool) -> str:  # noqa: ARG001 - one kind of reader for all three
    place, kind, number = node.take("BirthLocation"), node.take("TravelDocType"), node.take("TravelDocNbr")
    issued, day, country = node.take("PlaceOfIssue"), spoken(node.take("DateOfIssue")), node.take("CountryState")
    return "/" + "/".join(map(field, (place, kind, number, issued, day, country)))


def _doca(node: Node, *, infant: bool) -> str:  # noqa: ARG001 - likewise
    names = ("AddressType", "Country", "Address", "CityName", "StateProvCounty", "PostalCode")
    return "/".join(field(node.take(name)) for name in names)


def _ticket(node: Node) -> Iterator[Said]:
    start, end = node.start, node.tag_end
    yield Said(("TKT", (node.take("TicketDocumentNbr"), node.take("Type"))), start, end)
    issued = day_and_clock(node.take("DateOfIssue"), utc=False)
    prices = [("B", node.one("BaseFare")), ("T", node.one("TotalFare"))]
    money = [(kind, each.take("Amount"), each.take("CurrencyCode")) for kind, each in prices if each in node.children]
    if money:
        yield Said(("MON", *money), start, node.end)
    if any(issued):
        yield Said(("DAT", ("710", *issued)), start, end)
    for paid in node.all("PaymentInfo"):
        form, amount = paid.take("PaymentType"), paid.take("PaymentAmount", "PaymentAmt")
        brand, card = paid.take("VendorCode"), paid.take("AccountNbr")
        expiry, holder = month_of_card(paid.take("ExpiryDate")), paid.take("CardHolderName")
        yield from _whole(paid, ("FOP", (form, "", amount, brand, card, expiry)))
        if holder:
            yield from _whole(paid, ("IFT", ("4", "43"), holder))


def _flight(node: Node, start: str) -> Iterator[Said]:
    times = (*day_and_clock(node.take("DepartureDateTime"), utc=False), *_arrival(node))
    end = node.one("ArrivalAirport").take("LocationCode")
    seller, flyer = node.one("MarketingAirline"), node.one("OperatingAirline")
    operating, other = flyer.take("Code"), flyer.take("FlightNumber")
    carrier = seller.take("Code") or operating
    number = node.take("FlightNumber") or other
    shared = bool(operating) and operating != carrier
    booked = node.take("ResBookDesigCode")
    named = (carrier, operating) if shared else carrier
    yield from _whole(node, ("TVL", times, start, end, named, (number, booked) if booked else number))
    if shared and other:
        yield from _whole(flyer, ("TRA", operating, other))
    seats, status = node.take("NumberInParty"), node.take("Status")
    if seats or status:
        yield from _whole(node, ("RPI", seats, status))
    aircraft = node.one("Equipment").take("AirEquipType")
    if aircraft:
        yield from _whole(node.one("Equipment"), ("APD", aircraft))
    for request in node.all("SSR"):
        yield from _request(request)
    for name in node.all("BookingRefID"):
        yield from _whole(name, ("RCI", (name.one("CompanyName").take("Code"), name.take("ID"), "")))
    for check_in in node.all("CheckInInfo"):
        yield from _check_in(check_in, "")


def _check_in(node: Node, whom: str) -> Iterator[Said]:
    moment = day_and_clock(node.take("CheckInDateTime"), utc=False)
    yield from _whole(node, ("DAT", ("2", *moment)) if any(moment) else ("DAT",))
    number, seat = node.one("BoardingNumber").text(), node.one("SeatNumber").text()
    yield from _whole(node, ("TRI", "", (number, "", "", node.take("RPH") or whom)))
    yield from _whole(node, ("SSD", seat, "", "", "", node.take("CabinClass")))
    for bags in node.all("BagInfo"):
        tags = [
            (each.take("Carrier"), each.take("Number"), each.take("Count"), each.take("Destination"))
            for each in bags.all("BagTag")
        ]
        weight = (bags.take("Quantity"), bags.take("Weight"), bags.take("UnitOfMeasureCode"))
        pool = (bags.take("PoolRole"), bags.take("PoolNumber"))
        yield from _whole(bags, ("TBD", "", weight, "", pool, *tags))


def _rest(pnr: Node) -> Iterator[Said]:
    """Splits, what is no flight, and history: modelled after groups 8 to 12."""
    for split in pnr.all("SplitPNR"):
        yield from _whole(split, ("EQN", split.take("NumberOfPassengers")))
        for name in split.all("BookingRefID"):
            yield from _whole(name, ("RCI", (name.one("CompanyName").take("Code"), name.take("ID"), "")))
    for service in pnr.all("NonAirService"):
        starts = day_and_clock(service.take("StartDateTime"), utc=False)
        ends = day_and_clock(service.take("EndDateTime"), utc=False)
        yield from _whole(service, ("MSG", service.take("Code")))
        place = (service.take("LocationCode"), service.take("Name"))
        company, number = service.take("CompanyCode"), service.take("Number")
        yield from _whole(service, ("TVL", (*starts, *ends), place, "", company, number))
    for entry in pnr.all("History"):
        yield from _whole(entry, ("ABI", "", ("", entry.take("PseudoCityCode"))))
        yield from _whole(entry, ("DAT", ("700", *day_and_clock(entry.take("DateTime"), utc=True))))
        for change in entry.all("Change"):
            yield from _change(change)
    for line in pnr.all("HistoryLine"):
        yield from _whole(line, ("LTS", _text_of(line)))


def _change(node: Node) -> Iterator[Said]:
    yield from _whole(node, ("SAC", "", "", node.take("Action")))
    for passenger in node.all("Passenger"):
        surname, given = passenger.one("Surname").text(), passenger.one("GivenName").text()
        yield from _whole(passenger, ("TIF", surname, (given,)))
    for request in node.all("SSR"):
        yield from _request(request)
    for flight in node.all("Flight"):
        start = flight.one("DepartureAirport").take("LocationCode")
        times = (*day_and_clock(flight.take("DepartureDateTime"), utc=False), *_arrival(flight))
        end = flight.one("ArrivalAirport").take("LocationCode")
        carrier = flight.one("MarketingAirline").take("Code")
        yield from _whole(flight, ("TVL", times, start, end, carrier, flight.take("FlightNumber")))
    for remark in node.all("Remark"):
        yield from _whole(remark, ("IFT", ("4", "28"), _text_of(remark)))
