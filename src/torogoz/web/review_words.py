"""The sentences of the dossier and of decisions: faults, the reasons of the policy, fields and links."""

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

#: Part of a row of what is expected on a route → what is wrong in it.
ROUTE_FAULTS: dict[Part, Sentence] = {
    Part.FROM: _("From: no such airport. Write its three letters, or * for any."),
    Part.TO: _("To: no such airport. Write its three letters, or * for any."),
    Part.DATA: _("Data: choose API or PNR."),
    Part.MINUTES: _("Minutes: write a whole number, from 10080 before departure to 1440 after it (-1440)."),
}
