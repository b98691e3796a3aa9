"""What carriers and operators can say beyond the words of a synthetic one: each element that is read, with its mark.

Bookings and lists of the marked flight are told in full; a crew, those who change planes and a child that travels alone
are told of another flight, in lists, in XML and in an operator's table.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tests.integration.retention.life import GONE, GONE_DIGITS
from torogoz.edifact.writer import Element, Segment

#: Behind which segment of a list's traveller, by its tag and first elements, more is said of them.
_OF_TRAVELLER: dict[tuple[Element, Element], tuple[Segment, ...]] = {
    ("NAT", "2"): (("NAT", "2", "USA"),),
    ("LOC", "174"): (
        ("GEI", "4", "173"),
        ("COM", (f"+503{GONE_DIGITS}66", "TE")),
        ("RFF", ("AEA", f"{GONE}GOV")),
        ("RFF", ("YZY", f"202{GONE_DIGITS}88")),
    ),
    ("LOC", "91"): (("DTM", ("182", "210501")), ("GEI", "4", "173")),
}


def in_full(segments: Iterable[Segment], at: datetime) -> list[Segment]:
    """A push of bookings (PNRGOV) with every group that one can have."""
    told: list[Segment] = []
    booking = 0
    for one in segments:
        if one[0] == "SRC" and booking:
            told += _history(at)
        booking += one[0] == "SRC"
        told += _told(one, booking, at, first=not any(each[0] == "TIF" for each in _of_last(told)))
    return [*told, *_history(at)]


def _of_last(told: list[Segment]) -> list[Segment]:
    """The booking in hand."""
    begins = max((place for place, each in enumerate(told) if each[0] == "SRC"), default=0)
    return told[begins:]


def _told(one: Segment, booking: int, at: datetime, *, first: bool) -> list[Segment]:
    found = [one]
    day, clock = f"{at:%d%m%y}", f"{at:%H%M}"
    match one[0] if booking else "":
        case "RCI" if len(one) == 2 and isinstance(one[1], tuple) and len(one[1]) > 2:
            found = [(*one, ("1G", f"{GONE}G{booking}"))]
        case "ORG" if len(one) > 6:
            found = [("ORG", (f"{GONE}1", "MUC"), (GONE_DIGITS, f"{GONE}OFF"), *one[3:7], f"{GONE}AG")]
        case "ADD":
            found = [one, ("EBD", ("USD", "0"), ("2", "", "N"))]
        case "TIF" if first:
            found = [("TIF", f"{GONE} FRIENDS", ("", "G")), one]
        case "SSR" if f"{GONE}FREE" in one[1][-1]:
            found = [one, ("SSR", ("UMNR", "HK", "1", "X1"))]
        case "MON":
            found = [one, ("PTK", "", "", (day, clock)), ("DAT", ("710", day, clock))]
        case "FOP" if isinstance(one[1], tuple) and len(one[1]) > 4:
            found = [("FOP", (*one[1][:3], f"{GONE}V", *one[1][4:]))]
        case "TRI":
            found = [("TRI", "", (f"{GONE}{booking}", *one[2][1:]))]
        case "TBD":
            found = [(*one[:4], ("HP", f"{GONE}{booking}"), *one[5:])]
    return found


def _history(at: datetime) -> list[Segment]:
    """A hotel, a name that was changed, and a line in a carrier's own words."""
    day, clock = f"{at:%d%m%y}", f"{at:%H%M}"
    return [
        ("MSG", "8"),
        ("TVL", (day, clock, day, "2300"), (f"{GONE}TOWN", f"{GONE} INN"), "", f"{GONE}CO", f"{GONE}7"),
        ("ABI", "1", ("", f"{GONE}AB")),
        ("DAT", ("T", day, clock)),
        ("SAC", "", "", "X"),
        ("TIF", f"{GONE}OLD", (f"{GONE}LEA", "A")),
        ("LTS", f"{GONE} WAS RENAMED"),
    ]


def listed_in_full(segments: Iterable[Segment]) -> list[Segment]:
    """A list of travellers (PAXLST) with everything that one can say of them and their documents."""
    told: list[Segment] = []
    for one in segments:
        if one[:2] == ("LOC", "180"):
            told.append(("LOC", "180", ("SLV", "", "", one[2][3])))
        elif one[:2] == ("LOC", "91"):
            told.append(("LOC", "91", ("SLV", "", "", f"{GONE}CITY")))
        else:
            told.append(one)
        told += _OF_TRAVELLER.get((one[0], one[1]), ()) if len(one) > 1 else ()
    return told


def request(
    leg: str, *people: str, qualifier: str = "", transaction: str = "", at: datetime, reference: str = "1"
) -> bytes:
    """A list that asks for an answer, or one that only tells, in its own notation; `leg` from TDT on."""
    head = f"BGM+745+{qualifier}'" if qualifier else "BGM+745'"
    body = head + (f"RFF+TN:{transaction}'" if transaction else "") + leg + "".join(people)
    stamp = f"{at:%y%m%d}:{at:%H%M}"
    return (
        f"UNA:+.? 'UNB+UNOA:4+X1:ZZ+SVAPIS:ZZ+{stamp}+{GONE}9++APIS'UNH+{reference}+PAXLST:D:05B:UN:IATA+C/1'"
        f"{body}UNT+{body.count(chr(39)) + 2}+{reference}'UNZ+1+{GONE}9'"
    ).encode()


def leg(departs: datetime, arrives: datetime, number: str) -> str:
    """A flight of the invented carrier out of the country."""
    return (
        f"TDT+20+X1{number}'LOC+125+SAL'DTM+189:{departs:%y%m%d%H%M}:201'LOC+87+LAX'DTM+232:{arrives:%y%m%d%H%M}:201'"
    )


def person(
    name: str, *, number: int, role: str = "FL", born: str = "840229", more: str = "", nationality: str = "SLV"
) -> str:
    """Somebody in a list, with what names them to the carrier."""
    return (
        f"NAD+{role}+++{GONE}{name}:{GONE}ANA'ATT+2++F'DTM+329:{born}'{more}NAT+2+{nationality}'"
        f"RFF+AVF:{GONE}{number}'RFF+ABO:{GONE}{number}'DOC+P:110:111+{GONE}9{number}'LOC+91+{nationality}'"
    )


def alone_in_xml(departs: datetime, arrives: datetime, number: str, at: datetime) -> bytes:
    """A push of one booking as XML, of a child who travels alone."""
    times = f'DepartureDateTime="{departs:%Y-%m-%dT%H:%M:00}" ArrivalDateTime="{arrives:%Y-%m-%dT%H:%M:00}"'
    places = '<DepartureAirport LocationCode="SAL"/><ArrivalAirport LocationCode="LAX"/>'
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<IATA_PNRGOV_NotifRQ Version="13.1" TransactionIdentifier="{GONE}X" TimeStamp="{at:%Y-%m-%dT%H:%M:00}Z">
 <Originator AirlineCode="X1" AirlineContactInfo="{GONE} DESK"/>
 <FlightLeg CarrierCode="X1" FlightNumber="{number}" {times}>{places}</FlightLeg>
 <PNRs NumberOfPnrs="1"><PNR NumberOfPassengers="1" PNR_CreationDate="{at:%Y-%m-%dT%H:%M:00}Z">
  <BookingRefID ID="{GONE}X"><CompanyName Code="X1"/></BookingRefID>
  <ContactInfo PhoneNumber="+503{GONE_DIGITS}44" EmailAddress="{GONE}@correo.example"/>
  <Passenger RPH="1" SurnameRefNumber="1"><GivenName>{GONE}LUZ</GivenName><Surname>{GONE}XML</Surname>
   <TicketDocument TicketDocumentNbr="202{GONE_DIGITS}44" Type="T"><PaymentInfo PaymentType="CC" PaymentAmount="9.00"
    VendorCode="VI" AccountNbr="4{GONE_DIGITS}0000004" ExpiryDate="2029-12" CardHolderName="{GONE} PAYS"/>
   </TicketDocument>
   <DOC_SSR SSR_Code="DOCS" Status="HK"><DOCS TravelDocType="P" IssuingLoc="SLV" TravelDocNbr="{GONE}44"
    PaxNationality="SLV" DateOfBirth="2015-02-11" Gender="F" Surname="{GONE}XML" FirstGivenName="{GONE}LUZ"/></DOC_SSR>
  </Passenger>
  <Flight {times} FlightNumber="{number}" ResBookDesigCode="Y" NumberInParty="1" Status="HK">{places}
   <MarketingAirline Code="X1"/></Flight>
 </PNR></PNRs>
</IATA_PNRGOV_NotifRQ>
""".encode()


def table(departs: datetime, number: str) -> bytes:
    """An operator's table: somebody in each column that is kept."""
    return (
        "mode,operator,number,departure_place,departure_local,arrival_place,surname,given_names,birth_date,"
        "nationality,document_number,reference,record_locator,phone,email,address,remarks\n"
        f"air,X1,{number},SAL,{departs:%Y-%m-%dT%H:%M},LAX,{GONE}TABLE,{GONE}EVA,1979-04-05,SLV,{GONE}55,{GONE}55,"
        f'{GONE}T,+503{GONE_DIGITS}55,{GONE}@tabla.example,"{GONE} street 5",{GONE} remark\n'
    ).encode()
