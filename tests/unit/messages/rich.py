"""Rich bookings, each thing they say written twice by hand: as segments of the PADIS guide and as elements of XML.

Nothing of the product's writers or readers is used: what `Both` holds is what the two guides ask for the same fact.
"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from tests.unit.messages.both import (
    AIRPORTS,
    BIRTHS,
    CARRIERS,
    DEPARTS,
    DIGITS,
    GIVEN,
    LATER,
    LETTERS,
    LOCATORS,
    MOMENTS,
    REMARKS,
    REQUESTS,
    STATES,
    SURNAMES,
    Both,
    clock,
    day,
    element,
    escaped,
    joined,
    some,
    spoken,
)


@st.composite
def offices(draw: st.DrawFn) -> Both:
    code, office, city = draw(DIGITS), f"{draw(AIRPORTS)}X100", draw(AIRPORTS)
    kind, agent = draw(st.sampled_from("AT")), draw(st.sampled_from(("AB12", "CD34")))
    source = element(
        "Source",
        element("RequestorID", ID=code),
        AirlineVendorID="1G",
        PseudoCityCode=office,
        AirportCode=city,
        AgentDutyCode=kind,
        ISOCountry="SV",
        ISOCurrency="USD",
        AgentSine=agent,
    )
    return Both(f"ORG+1G+{code}:{office}+{city}++{kind}+SV:USD+{agent}'", element("POS", source))


@st.composite
def contacts(draw: st.DrawFn) -> Both:
    number, mail = f"+503{draw(DIGITS)}", f"ANA{draw(st.integers(1, 99))}@EXAMPLE.ORG"
    street, city = f"{draw(st.integers(1, 99))} CALLE INVENTADA", draw(LETTERS)
    return draw(
        st.sampled_from((
            Both(f"IFT+4:28+CTCM {escaped(number)}'", element("ContactInfo", PhoneNumber=number)),
            Both(f"IFT+4:28+CTCE {mail.replace('@', '//')}'", element("ContactInfo", EmailAddress=mail)),
            Both(
                f"ADD++700:{street}:{city}:::SV'",
                element(
                    "ContactInfo",
                    f"<AddressLine>{street}</AddressLine><CityName>{city}</CityName><CountryName>SV</CountryName>",
                ),
            ),
        ))
    )  # fmt: skip


@st.composite
def remarks(draw: st.DrawFn) -> Both:
    text = draw(REMARKS)
    return Both(f"IFT+4:28+{text}'", element("OSI", f"<Text>{text}</Text>"))


@st.composite
def requests(draw: st.DrawFn) -> Both:
    code, carrier, text = draw(REQUESTS), draw(CARRIERS), draw(REMARKS)
    return Both(
        f"SSR+{code}:HK:1:{carrier}:::::{text}'",
        element(
            "SSR", element("Airline", Code=carrier), f"<Text>{text}</Text>",
            SSR_Code=code, Status="HK", ServiceQuantity="1",
        ),
    )  # fmt: skip


@st.composite
def documents(draw: st.DrawFn, surname: str, given: str, infant: bool) -> Both:  # noqa: FBT001
    issuer, nation, number = draw(STATES), draw(STATES), f"A{draw(DIGITS)}"
    born, expires, sex = draw(BIRTHS), draw(LATER), draw(st.sampled_from("FM"))
    kind, carrier, held = draw(st.sampled_from("PI")), draw(CARRIERS), draw(st.booleans())
    paper = f"{kind}/{issuer}/{number}" if held else "//"
    held_as = {"TravelDocType": kind, "IssuingLoc": issuer, "TravelDocNbr": number} if held else {}
    expiry = {"ExpiryDate": f"{expires:%Y-%m-%d}"} if held else {}
    flight = element("FlightInfo", Code=carrier)
    docs = Both(
        f"SSR+DOCS:HK:1:{carrier}:::::/{paper}/{nation}/{spoken(born)}/{sex}{'I' if infant else ''}"
        f"/{spoken(expires) if held else ''}/{escaped(surname)}/{given}'",
        element(
            "DOC_SSR",
            element(
                "DOCS",
                PaxNationality=nation,
                DateOfBirth=f"{born:%Y-%m-%d}",
                Gender=sex,
                Surname=surname,
                FirstGivenName=given,
                **held_as,
                **expiry,
            ),
            flight,
            SSR_Code="DOCS",
            Status="HK",
            ServiceQuantity="1",
        ),
    )
    if infant or not draw(st.booleans()):
        return docs
    visa, issued, line = f"V{draw(DIGITS)}", draw(st.dates(date(2020, 1, 1), date(2026, 1, 1))), draw(LETTERS)
    doco = Both(
        f"SSR+DOCO:HK:1:{carrier}:::::/{line}/V/{visa}/{line}/{spoken(issued)}/{nation}'",
        element(
            "DOC_SSR",
            element("DOCO", BirthLocation=line, TravelDocType="V", TravelDocNbr=visa, PlaceOfIssue=line,
                    DateOfIssue=f"{issued:%Y-%m-%d}", CountryState=nation),
            flight, SSR_Code="DOCO", Status="HK", ServiceQuantity="1",
        ),
    )  # fmt: skip
    doca = Both(
        f"SSR+DOCA:HK:1:{carrier}:::::R/{nation}/{line}/SAN SALVADOR'",
        element(
            "DOC_SSR", element("DOCA", AddressType="R", Country=nation, Address=line, CityName="SAN SALVADOR"), flight,
            SSR_Code="DOCA", Status="HK", ServiceQuantity="1",
        ),
    )  # fmt: skip
    return joined((docs, doco, doca))


@st.composite
def tickets(draw: st.DrawFn) -> Both:
    number, fare, issued = f"99912345{draw(st.integers(10_000, 99_999))}", draw(st.integers(1, 999)), draw(MOMENTS)
    brand, card, month = "VI", "4000000000001111", f"{draw(st.integers(1, 12)):02}"
    cash = draw(st.booleans())
    paid = (
        Both(f"FOP+CA::{fare}.00'", element("PaymentInfo", PaymentType="CA", PaymentAmount=f"{fare}.00"))
        if cash
        else Both(
            f"FOP+CC::{fare}.00:{brand}:{card}:{month}29'IFT+4:43+EVA EJEMPLO'",
            element("PaymentInfo", PaymentType="CC", PaymentAmount=f"{fare}.00", VendorCode=brand, AccountNbr=card,
                    ExpiryDate=f"2029-{month}", CardHolderName="EVA EJEMPLO"),
        )
    )  # fmt: skip
    return Both(
        f"TKT+{number}:T'MON+B:{fare}.00:USD+T:{fare + 9}.50:USD'DAT+710:{day(issued)}'{paid.segments}",
        element(
            "TicketDocument",
            element("BaseFare", Amount=f"{fare}.00", CurrencyCode="USD"),
            element("TotalFare", Amount=f"{fare + 9}.50", CurrencyCode="USD"),
            paid.elements,
            TicketDocumentNbr=number,
            Type="T",
            DateOfIssue=clock(issued),
        ),
    )


@st.composite
def travellers(draw: st.DrawFn, place: int, infant: bool) -> Both:  # noqa: FBT001
    surname, given, title = draw(SURNAMES), draw(GIVEN), "" if infant else draw(st.sampled_from(("MRS", "MSTR", "")))
    kind = "IN" if infant else draw(st.sampled_from("AC"))
    account = draw(DIGITS) if draw(st.booleans()) else ""
    bags = draw(st.integers(0, 3))
    paper, asked = draw(documents(surname, given, infant)), draw(some(requests(), 1))
    ticket = draw(some(tickets(), 1))
    segments = [f"TIF+{escaped(surname)}+{' '.join(filter(None, (given, title)))}:{kind}:{place}'"]
    elements = [f"<GivenName>{given}</GivenName><Surname>{surname}</Surname>"]
    elements += [f"<NameTitle>{title}</NameTitle>"] if title else []
    elements.append(element("FareInfo", PTC_Code={"A": "ADT", "C": "CHD", "IN": "INF"}[kind]))
    if account:
        segments.append(f"FTI+X1:{account}'")
        elements.append(element("CustLoyalty", ProgramID="X1", MembershipID=account))
    if bags:
        segments.append(f"EBD++{bags}'")
        elements.append(element("ExcessBaggage", UnitOfMeasureQuantity=str(bags)))
    # XML may write requests anywhere in a passenger; segments stand in the guide's order.
    segments += [asked.segments, paper.segments, ticket.segments]
    elements += [ticket.elements, paper.elements, asked.elements]
    return Both("".join(segments), element("Passenger", *elements, RPH=str(place)))


@st.composite
def check_ins(draw: st.DrawFn, place: int, start: str, end: str) -> Both:
    at, seat, pieces = DEPARTS - timedelta(minutes=draw(st.integers(30, 600))), f"{draw(st.integers(1, 40))}C", "2"
    number, weight = f"{start}-{place:03}", draw(st.integers(5, 60))
    bags = element(
        "BagInfo",
        element("BagTag", Carrier="X1", Number="123456", Count=pieces, Destination=end),
        Quantity=pieces, Weight=str(weight), UnitOfMeasureCode="700", PoolRole="HP", PoolNumber=number,
    )  # fmt: skip
    return Both(
        f"DAT+2:{day(at)}'TRI++{number}:::{place}'SSD+{seat}++++Y'"
        f"TBD++{pieces}:{weight}:700++HP:{number}+X1:123456:{pieces}:{end}'",
        element(
            "CheckInInfo", f"<BoardingNumber>{number}</BoardingNumber><SeatNumber>{seat}</SeatNumber>", bags,
            RPH=str(place), CabinClass="Y", CheckInDateTime=clock(at),
        ),
    )  # fmt: skip


@st.composite
def flights(draw: st.DrawFn, people: int, here: bool) -> Both:  # noqa: FBT001
    start, end = ("MIA", "SAL") if here else (draw(AIRPORTS), "GUA")
    leaves = DEPARTS if here else DEPARTS + timedelta(days=draw(st.integers(2, 9)))
    lands = leaves + timedelta(minutes=95)
    carrier, number = ("X1", "310") if here else (draw(CARRIERS), str(draw(st.integers(1, 9999))))
    operating = draw(st.sampled_from(("", "X9")))
    other = str(draw(st.integers(1, 999))) if operating else ""
    locator, booked, status = draw(LOCATORS), draw(st.sampled_from("YJM")), draw(st.sampled_from(("HK", "HL")))
    asked = draw(some(requests(), 1))
    seats = draw(st.booleans()) and here
    named = f"{carrier}:{operating}" if operating else carrier
    segments = [
        f"TVL+{day(leaves)}:{day(lands)}+{start}+{end}+{named}+{number}:{booked}'",
        f"TRA+{operating}+{other}'" if operating else "",
        f"RPI+{people}+{status}'APD+320'",
        f"SSR+SEAT:HK:1:{carrier}:::{start}:{end}+14C::1'" if seats else "",
        asked.segments,
        f"RCI+{carrier}:{locator}'",
    ]
    elements = [
        element("DepartureAirport", LocationCode=start),
        element("ArrivalAirport", LocationCode=end),
        element("MarketingAirline", Code=carrier),
        element("OperatingAirline", Code=operating, FlightNumber=other) if operating else "",
        element("Equipment", AirEquipType="320"),
        element("SSR", element("Airline", Code=carrier), "<SeatNumber>14C</SeatNumber>", SSR_Code="SEAT", Status="HK",
                ServiceQuantity="1", BoardPoint=start, OffPoint=end, RPH="1") if seats else "",
        asked.elements,
        element("BookingRefID", element("CompanyName", Code=carrier), ID=locator),
    ]  # fmt: skip
    for place in range(1, people + 1):
        if here and draw(st.booleans()):
            came = draw(check_ins(place, start, end))
            segments.append(came.segments)
            elements.append(came.elements)
    return Both(
        "".join(segments),
        element("Flight", *elements, DepartureDateTime=clock(leaves), ArrivalDateTime=clock(lands), FlightNumber=number,
                ResBookDesigCode=booked, NumberInParty=str(people), Status=status),
    )  # fmt: skip


@st.composite
def behind(draw: st.DrawFn) -> Both:
    """What was divided off, what is no flight, and history."""
    parts: list[Both] = []
    if draw(st.booleans()):
        locator = draw(LOCATORS)
        parts.append(
            Both(
                f"EQN+2'RCI+X1:{locator}'",
                element("SplitPNR", element("BookingRefID", element("CompanyName", Code="X1"), ID=locator),
                        NumberOfPassengers="2"),
            )
        )  # fmt: skip
    if draw(st.booleans()):
        code, starts = draw(st.sampled_from(("8", "ZZ"))), DEPARTS + timedelta(hours=8)
        ends = starts + timedelta(days=2)
        parts.append(
            Both(
                f"MSG+{code}'TVL+{day(starts)}:{day(ends)}+SAL:HOTEL INVENTADO++HI+77'",
                element("NonAirService", Code=code, StartDateTime=clock(starts), EndDateTime=clock(ends),
                        LocationCode="SAL", Name="HOTEL INVENTADO", CompanyCode="HI", Number="77"),
            )
        )  # fmt: skip
    for at in draw(st.lists(MOMENTS, max_size=2)):
        done, surname, carrier = draw(st.sampled_from("AXN")), draw(SURNAMES), draw(CARRIERS)
        code = draw(REQUESTS)
        parts.append(
            Both(
                f"ABI++:SALX100'DAT+700:{day(at)}'SAC+++{done}'TIF+{escaped(surname)}+LUIS'SSR+{code}'"
                f"TVL+{day(DEPARTS)}+MIA+SAL+{carrier}+310'IFT+4:28+CALL BEFORE'",
                element(
                    "History",
                    element(
                        "Change",
                        f"<Passenger><Surname>{surname}</Surname><GivenName>LUIS</GivenName></Passenger>",
                        element("SSR", SSR_Code=code),
                        element("Flight", element("DepartureAirport", LocationCode="MIA"),
                                element("ArrivalAirport", LocationCode="SAL"),
                                element("MarketingAirline", Code=carrier),
                                DepartureDateTime=clock(DEPARTS), FlightNumber="310"),
                        "<Remark>CALL BEFORE</Remark>",
                        Action=done,
                    ),
                    DateTime=clock(at, "Z"),
                    PseudoCityCode="SALX100",
                ),
            )
        )  # fmt: skip
    lines = draw(st.lists(REMARKS, max_size=2))
    return joined([*parts, *(Both(f"LTS+{line}'", element("HistoryLine", line)) for line in lines)])


@st.composite
def bookings(draw: st.DrawFn) -> Both:
    """A booking; one in some is cancelled."""
    locator, other, created, changed = draw(LOCATORS), draw(LOCATORS), draw(MOMENTS), draw(MOMENTS)
    named = f"RCI+X1:{locator}::{day(created)}"
    name = element("BookingRefID", element("CompanyName", Code="X1"), ID=locator)
    if draw(st.integers(0, 5)) == 0:
        return Both(f"SRC'{named}'ORG'", element("PNR", name, PNR_CreationDate=clock(created, "Z")))
    people = draw(st.integers(1, 3))
    head = [draw(some(requests())), draw(some(remarks())), draw(some(contacts(), 3)), draw(offices())]
    asked, said, reached, office = head
    bags = draw(st.integers(0, 2))
    party = joined(draw(travellers(place, place == 3)) for place in range(1, people + 1))
    legs = joined([draw(flights(people, True)), draw(some(flights(people, False)))])
    rest = draw(behind())
    dates = f"DAT+700:{day(changed)}+710:{changed:%d%m%y}'"
    paid_before = f"EBD++{bags}'" if bags else ""
    segments = (
        f"SRC'{named}+1G:{other}'{asked.segments}{dates}{said.segments}{reached.segments}{office.segments}"
        f"{paid_before}{party.segments}{legs.segments}{rest.segments}"
    )
    second = element("BookingRefID", element("CompanyName", Code="1G"), ID=other)
    prepaid = element("PrepaidBag", UnitOfMeasureQuantity=str(bags)) if bags else ""
    # The order of elements says nothing but among those of one name.
    blocks = draw(st.permutations([
        name + second, asked.elements, said.elements, reached.elements, office.elements, prepaid, party.elements,
        legs.elements, rest.elements,
    ]))  # fmt: skip
    return Both(
        segments,
        element("PNR", *blocks, PNR_CreationDate=clock(created, "Z"), PNR_TransDate=clock(changed, "Z"),
                LastTktDate=f"{changed:%Y-%m-%d}"),
    )  # fmt: skip


@st.composite
def pushes(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """A push of such bookings, in EDIFACT and in XML."""
    parts = draw(st.lists(bookings(), min_size=1, max_size=3))
    both, lands = joined(parts), DEPARTS + timedelta(minutes=95)
    body = f"MSG+:22'ORG+X1:MIA'TVL+{day(DEPARTS)}:{day(lands)}+MIA+SAL+X1+310'EQN+{len(parts)}'{both.segments}"
    count = body.replace("??", "").replace("?'", "").count("'") + 2
    edifact = f"UNB+UNOC:4+X1:ZZ+SVAPIS:ZZ+261122:0600+77'UNH+1+PNRGOV:13:1:IA+X1310'{body}UNT+{count}+1'UNZ+1+77'"
    leg = element(
        "FlightLeg",
        element("DepartureAirport", LocationCode="MIA"),
        element("ArrivalAirport", LocationCode="SAL"),
        CarrierCode="X1", FlightNumber="310", DepartureDateTime=clock(DEPARTS), ArrivalDateTime=clock(lands),
    )  # fmt: skip
    xml = element(
        "IATA_PNRGOV_NotifRQ",
        element("Originator", AirlineCode="X1"),
        leg,
        element("PNRs", both.elements, NumberOfPnrs=str(len(parts))),
        Version="14.1", TimeStamp="2026-11-22T06:00:00Z", MessageFunction="22",
    )  # fmt: skip
    return edifact.encode("latin-1"), f'<?xml version="1.0"?>{xml}'.encode()
