"""The sentences of the dossier and of decisions: faults, the reasons of the policy, fields, links, first words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from torogoz.domain.hit import CauseKind
from torogoz.domain.route import Part

Sentence = str | Promise

#: domain.disposition's faults → what to do about them.
FAULTS: Mapping[str, Sentence] = {
    "reason_missing": _("Write the reason for this answer."),
    "reason_unfinished": _("Finish the reason: it ends with a colon."),
    "reason_too_long": _("Write it in at most 2000 signs."),
    "ground_without_identity": _("There is no ground against somebody who is another person: answer no."),
    "action_without_ground": _("Without a ground nothing is done: choose nothing."),
    "text_sensitive": _("This text speaks of belief, origin, politics, health or sex life. Write it without that."),
}

#: domain.disposition's rows → why a second person must agree.
SECOND_BECAUSE: Mapping[str, Sentence] = {
    "minor": _("The traveller is a minor: a supervisor must agree to every decision."),
    "gravest": _("A hit of gravity 1 is referred by two people."),
    "identity_unclear": _("The identity is unclear, and an officer would be told."),
}

#: domain.answer's bars, and storage.access.orders' → why an order does not act.
BARS: Mapping[str, Sentence] = {
    "not_written": _("It names no authority or no legal basis."),
    "no_second_person": _("No second person has agreed to it."),
    "not_confirmed": _("Nobody has confirmed it for this traveller and this flight."),
    "withdrawn": _("It was withdrawn."),
    "not_current": _("Today is not between its days."),
    "other_direction": _("It acts in the other direction."),
    "crosses_no_border": _("This flight does not cross the state's border."),
    "exit_ban_elsewhere": _("An exit ban acts on departures only."),
    "minor": _("The traveller is a minor: choose protection."),
    "protected": _("The traveller is to be protected, and not turned away."),
    "coming_home": _("A citizen coming home, or somebody who may be one, is not kept out."),
    "nobody_to_call": _("No telephone is set that is answered day and night."),
    "protection_undecided": _("A hit of protection is undecided: decide it first."),
    "bookings_only": _("Only bookings speak of this traveller, which an exit ban may not read."),
}

#: The fields that sources give, and origins name.
FIELDS: Mapping[str, Sentence] = {
    "surname": _("Surname"),
    "given_names": _("Given names"),
    "birth_date": _("Birth date"),
    "sex": _("Sex"),
    "nationality": _("Nationality"),
    "documents": _("Documents"),
    "residence": _("Residence"),
    "birth_place": _("Birth place"),
    "record_locator": _("Record locator"),
    "reference": _("Carrier's reference"),
    "seat": _("Seat"),
    "bags": _("Bags"),
    "frequent_flyer": _("Frequent flyer"),
    "contacts": _("Contacts"),
    "status": _("Status"),
    "created_at": _("Booked"),
    "itinerary": _("Itinerary"),
    "agency": _("Travel agency"),
    "payments": _("Payments"),
    "tickets": _("Tickets"),
    "split_from": _("Split from"),
    "crew_role": _("Function on board"),
    "verified": _("Compared with the document"),
    "journey_start": _("Journey begins in"),
    "journey_end": _("Journey ends in"),
    "clearance_airport": _("Cleared in"),
    "government_reference": _("Authority's reference"),
    "ticket": _("Ticket"),
    "title": _("Form of address"),
    "birth_country": _("Country of birth"),
    "cabin": _("Cabin"),
    "checked_in_at": _("Checked in (local time)"),
    "check_in_number": _("Number of checking in"),
    "unaccompanied": _("Minor who travels alone"),
    "name": _("Name"),
    "document": _("Document"),
    "locator": _("Record locator"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "card": _("Card"),
    "address": _("Address"),
}

#: The fields whose values are codes of ours → the codes in words.
VALUES: Mapping[str, Mapping[str, Sentence]] = {
    "crew_role": {
        "cockpit": _("Cockpit crew"),
        "cabin": _("Cabin crew"),
        "operations_manager": _("Operations management with access to the cockpit"),
        "cargo_non_cockpit": _("Cargo crew outside the cockpit"),
        "off_duty_pilot": _("Pilot who is not on duty"),
    },
    "verified": {"True": _("yes, says the carrier"), "False": _("no, says the carrier")},
    "unaccompanied": {"True": _("yes")},
    "service": {"hotel": _("Hotel")},
    "change_action": {"added": _("added to it"), "cancelled": _("taken out")},
    "change_what": {
        "name": _("name"),
        "flight": _("flight"),
        "request": _("request"),
        "bags": _("bags"),
        "remark": _("remark"),
    },
}

#: messages.quality's elements.
ELEMENTS: Mapping[str, Sentence] = {
    "surname": _("Surname"),
    "given_names": _("Given names"),
    "birth_date": _("Birth date"),
    "sex": _("Sex"),
    "nationality": _("Nationality"),
    "document_number": _("Document number"),
    "document_type": _("Document type"),
    "document_issuer": _("Document's issuer"),
    "document_expiry": _("Document's expiry"),
    "record_locator": _("Record locator"),
    "seat": _("Seat"),
    "bags": _("Bags"),
}

#: links.clues' rules → why two journeys are held to be one person's.
LINKS: Mapping[str, Sentence] = {
    "": _("first journey of this person"),
    "locator_reference": _("same record locator and reference"),
    "document": _("same document"),
    "name_birth": _("same name and birth date"),
    "name_locator": _("same name and record locator"),
    "name_alone": _("same name"),
    "name_birth_identifier": _("same name and birth date, and one more shared identifier"),
}

#: links.clues' relations.
RELATIONS: Mapping[str, Sentence] = {
    "same": _("same"),
    "other": _("different"),
    "order": _("same words in another order"),
    "glued": _("same letters, otherwise divided"),
    "parts": _("parts missing on one side"),
    "lone": _("one word in common"),
    "mistyped": _("one letter apart"),
    "equal": _("equal"),
    "compatible": _("agrees as far as known"),
    "swapped": _("day and month exchanged"),
    "one_part": _("differs in one part"),
    "not_compared": _("not compared"),
}

_ACTION_REASONS = (
    _("A check of the documents at the booth settles what is open: "),
    _("Nothing is to be done."),
    _("The person may need protection: "),
)
#: What raised the hit → the answer → reasons to begin with; the reviewer completes them.
REASONS: Mapping[CauseKind, Mapping[str, tuple[Sentence, ...]]] = {
    CauseKind.WATCHLIST: {
        "identity_reason": (
            _("Document number and birth date are those of the entry."),
            _("Name and birth date agree; the document was renewed: "),
            _("The birth date is clearly another."),
            _("A namesake: the document and the birth date differ."),
            _("The data do not suffice: "),
        ),
        "ground_reason": (
            _("The entry is in force and its review date has not passed."),
            _("What speaks against it explains the facts: "),
            _("The traveller is another person, so there is no ground."),
        ),
        "action_reason": (_("The owner of the entry asks for it."), *_ACTION_REASONS),
    },
    CauseKind.RULE: {
        "identity_reason": (
            _("The passenger list and the booking tell of one person."),
            _("The facts are of somebody else in the booking: "),
            _("The data do not suffice: "),
        ),
        "ground_reason": (
            _("The facts of the rule are present and nothing speaks against them."),
            _("What speaks against it explains the facts: "),
        ),
        "action_reason": _ACTION_REASONS,
    },
}

#: The events that a handover counts.
COUNTED: Mapping[str, Sentence] = {
    "hit.raised": _("hits raised"),
    "hit.closed": _("hits closed: not travelling, or cause gone"),
    "hit.reopened": _("hits open again"),
    "hit.alarmed": _("alarms to supervisors"),
    "decision.made": _("decisions"),
    "decision.seconded": _("answers of second persons"),
    "decision.reviewed": _("urgent decisions reviewed"),
    "referral.sent": _("referrals sent"),
    "referral.answered": _("officers' answers"),
}

#: What the readers of lists and schedules say of a whole file that they refuse, and what helps.
FILE_REFUSALS: tuple[Sentence, ...] = (
    _("its author must correct it; nothing of it was loaded"),
    _("a colleague has imported this list meanwhile"),
    _("look at it, then import again"),
    _("the list has no usable name"),
    _("give it one of 1 to 80 letters, digits and blanks"),
    _("this name is taken"),
    _("choose another name for the list"),
    _("the compartment has no usable name"),
    _("give it one of 1 to 32 letters, digits and blanks"),
    _("this list is not in that compartment"),
    _("name none, or import it as another list"),
    _("this home has no centre yet"),
    _("run `torogoz init` first"),
    _("the list has more than {most} entries"),
    _("make several lists of it"),
    _("these are no terms of a list: {columns}"),
    _("the term given for the whole list: {fault}"),
    _("the list does not say: {columns}"),
    _("its owner must add the column, or state it once for the whole list; nothing was loaded"),
    _("the header cannot be read ({fault})"),
    _("the header is not that of this file (missing columns: {missing}; unknown or repeated at places: {places})"),
    _("write the header with commas between: {columns}"),
    _("this format needs the topics that are admitted"),
    _("name those that the list's legal basis covers; nothing was loaded"),
    _("{number} of the topics are unknown, or no reason to stand on a list ({known})"),
    _("choose among: {grounds}"),
    _("this is another document than the format says"),
    _("choose the format of the file"),
    _("the XML nests more than {most} elements"),
    _("a tag of the XML is longer than {most} bytes"),
    _("the XML declares a document type"),
    _("its publisher must leave it out"),
    _("the XML breaks off or is not well-formed (line {line})"),
    _("fetch the file again; nothing of it was loaded"),
    _("the file names nobody whom this import asks for"),
    _("look at its format and at the topics; nothing was changed"),
    _("the file is an archive"),
    _("unpack it, and import the list that is in it"),
    _("only a list of OpenSanctions has topics"),
    _("name none, or choose another format"),
    _("only OFAC's CSV has a second file of aliases"),
    _("the schedule is larger than 4 MiB"),
    _("import it in parts"),
    _("the schedule is not UTF-8 text"),
    _("save it as CSV with the encoding UTF-8"),
    _("the schedule has another header"),
    _("its first line is {columns}"),
    _("the schedule has more than {most} flights"),
    _("line {line} of the schedule is not CSV"),
    _("look for a quotation mark that is not closed"),
)

#: What is said of a table that a person brings, and what helps.
TABLE_REFUSALS: tuple[Sentence, ...] = (
    _("the table is larger than 1 MiB"),
    _("send it in parts, or as a file of the spool"),
    _("this is no table with our header"),
    _("begin with the template, and save it as CSV"),
)

#: What flow.trial says when it refuses, and what helps.
TRIAL_REFUSALS: tuple[Sentence, ...] = (
    _("more than {most} entries cannot be tried at once"),
    _("try them in parts"),
    _("no entry has a purpose that yours covers"),
    _("choose the entries' purpose, and try again"),
    _("another trial runs"),
    _("wait until it ends, half a minute at most, and try again"),
)

#: What flow.review, flow.share and holds say when they refuse, and what helps: here so that both languages have it.
REFUSALS: tuple[Sentence, ...] = (
    _("no telephone is set that is answered day and night"),
    _("ask the administrator to set `hotline`: whoever is turned away must be able to call"),
    _("you entered this order yourself"),
    _("this order was agreed to before"),
    _("this order is not in force"),
    _("look at its days, and whether a second agreed"),
    _("this order does not act for this traveller on this flight"),
    _("see the reasons beside it"),
    _("this order is confirmed for this traveller"),
    _("this confirmation was taken back before"),
    _("nothing needs to be done"),
    _("this order was withdrawn"),
    _("enter the new one, if there is one"),
    _("an order names its authority, file number, legal basis and whom it is about"),
    _("fill in all four, as the order says them"),
    _("an order says which way it acts"),
    _("choose entering or leaving"),
    _("an exit ban acts on departures only"),
    _("choose leaving, or another kind of order"),
    _("the order's days are past, or end before they begin"),
    _("write them as the order does"),
    _("the order would outlast five years"),
    _("let it end earlier, and enter it anew then"),
    _("a choice or a day is missing"),
    _("fill in all of the form"),
    _("your purpose reads no bookings"),
    _("choose the purpose for which you need them"),
    _("nothing is agreed with this carrier about asking for bookings"),
    _("ask a supervisor to write the agreement down on the carrier's page"),
    _("a reason is missing, too long or sensitive"),
    _("write why the regular pushes do not do"),
    _("this record is masked: nothing is left to decide on"),
    _("a supervisor can end what holds it"),
    _("this referral is past its time"),
    _("call the passenger centre"),
    _("this hold has ended"),
    _("place another one, if something still asks for it"),
    _("the next review is not within half a year"),
    _("choose a day of the next 183"),
    _("the hold would end before its next review"),
    _("let it end on that day or later"),
    _("the hold would outlast five years from receipt"),
    _("let it end earlier; a court's file is the court's"),
    _("a day is missing or on no calendar"),
    _("choose both days"),
    _("the answers cannot stand as they are"),
    _("correct the fields that are marked"),
    _("this hit waits for a second person"),
    _("wait for their answer"),
    _("nobody is travelling under this hit, or it was withdrawn"),
    _("it opens again if the traveller returns"),
    _("this person is cleared for this entry"),
    _("revoke the clearance, if you hold it to be wrong"),
    _("this hit is advisory: its entry names nobody closely enough"),
    _("ask the owner of the list for a birth date or a document"),
    _("a colleague works on this hit"),
    _("wait until their claim ends, or ask a supervisor"),
    _("a reason is missing or too long"),
    _("write one, in at most 2000 signs"),
    _("this text speaks of belief, origin, politics, health or sex life"),
    _("write it without that"),
    _("you do not hold this hit"),
    _("nothing needs to be given back"),
    _("this colleague cannot review this hit"),
    _("choose another reviewer"),
    _("your claim on this hit has ended"),
    _("claim it again and send your answers again"),
    _("this action cannot go ahead alone"),
    _("send it without urgency, or choose protection"),
    _("you made this decision yourself"),
    _("another person must look at it"),
    _("this decision does not wait for a second person"),
    _("open the hit again"),
    _("another supervisor must look at it"),
    _("this decision does not wait for a review"),
    _("this link is not there, or was undone before"),
    _("open the dossier again"),
    _("the note is too long"),
    _("write it in at most 2000 signs"),
    _("this referral was withdrawn"),
    _("do nothing more; call the passenger centre"),
    _("a referral goes to an officer at the border"),
    _("choose one of the list"),
    _("this goes to protection officers only, and never by radio"),
    _("choose a protection officer, and screen, phone or paper"),
    _("the text is missing or too long"),
    _("write an instruction in at most 600 signs"),
    _("the text is not safe to say"),
    _("say what to do, and nothing of lists or reasons"),
    _("no decision in force asks for a referral"),
    _("decide first, or wait for the second person"),
    _("this person is not travelling"),
    _("wait: the hit opens again if they return"),
    _("this officer has been told already"),
    _("this referral has its answer"),
    _("call the passenger centre to correct it"),
)

#: Part of a row of what is expected on a route → what is wrong in it.
ROUTE_FAULTS: dict[Part, Sentence] = {
    Part.FROM: _("From: no such airport. Write its three letters, or * for any."),
    Part.TO: _("To: no such airport. Write its three letters, or * for any."),
    Part.DATA: _("Data: choose API or PNR."),
    Part.MINUTES: _("Minutes: write a whole number, from 10080 before departure to 1440 after it (-1440)."),
}

#: What flow.agree and flow.contest say when they refuse, and what helps.
CARRIER_REFUSALS: tuple[Sentence, ...] = (
    _("this is no carrier's code"),
    _("name it by its two or three signs, as XA"),
    _("the outage ends before it begins"),
    _("give a later end, or none while it lasts"),
    _("the outage began more than a day ago"),
    _("write to the centre, which can enter it"),
    _("the outage has no reason"),
    _("say in 3 to 200 signs what does not work"),
    _("the carrier has no usable name"),
    _("give it one of at most 80 letters"),
    _("the carrier may send nothing"),
    _("choose at least one class of data"),
    _("a transport is not known"),
    _("choose from the list"),
    _("a finding or its severity is not known"),
    _("choose a code of the catalogue, and note, warning or error"),
    _("the contacts are too long"),
    _("keep them to 1000 signs"),
    _("there are too many routes"),
    _("keep them to 200 rows; * stands for any airport"),
    _("Rows of what is expected cannot be agreed"),
    _("see what stands beside each row"),
    _("this is no message in which somebody is told"),
    _("choose CONTRL, ACKRES or neither"),
    _("a time is not written as one"),
    _("write it as 2026-11-28T14:30"),
    _("the reason is missing, too short or too long"),
    _("write it in 10 to 1000 signs"),
    _("this finding is contested already"),
    _("wait for the centre's answer, or write to it"),
    _("this finding has its answer"),
    _("see it on the page of contested findings"),
)
