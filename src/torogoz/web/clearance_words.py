"""What homonym memory says, in the reader's language: of hits, of proofs, and where it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from torogoz.domain.clearance import ProofKind, Repeat, Unbound
from torogoz.domain.hit import Ruling

CLEARANCE_WORDS: dict[type[Enum], Mapping[Enum, str | Promise]] = {
    Ruling: {
        Ruling.CLEARED: _("Cleared: this person is not the one of the entry, and stands in no queue."),
        Ruling.SAMPLED: _("A sample: this person is cleared, and is looked at again only as a control."),
        Ruling.OTHER_DOCUMENT: _("Somebody with this birth date was cleared for this entry, with another document."),
        Ruling.OLDER_ENTRY: _("This person was cleared for this entry as it was before it changed."),
        Ruling.UNCERTAIN: _(
            "Somebody with this birth date was cleared for this entry; here the sources tell no one document."
        ),
        Ruling.NUMBER_LISTED: _("This person is cleared, but the number of their document is listed."),
    },
    ProofKind: {
        ProofKind.REDRESS_NUMBER: _("Redress number"),
        ProofKind.HOMONYM_CERTIFICATE: _("Homonym certificate"),
        ProofKind.NO_RESTRICTION_CERTIFICATE: _("Certificate of no restriction"),
    },
    Repeat: {
        Repeat.SAME: _("Same document, birth date and entry"),
        Repeat.OTHER_DOCUMENT: _("With another document"),
        Repeat.OLDER_ENTRY: _("The entry had changed"),
        Repeat.UNCERTAIN: _("The sources did not tell one document"),
    },
    Unbound: {
        Unbound.NO_DOCUMENT: _("no source tells a document with its issuer."),
        Unbound.SEVERAL_DOCUMENTS: _("the sources tell several documents."),
        Unbound.NO_BIRTH_DATE: _("no source tells a full birth date."),
        Unbound.SEVERAL_BIRTH_DATES: _("the sources tell several birth dates."),
        Unbound.NUMBER_LISTED: _("the hit rests on the number of a document, which is no look-alike."),
        Unbound.ENTRY_GONE: _("the entry is no longer on its list."),
    },
}

#: What flow.clearances and flow.proofs say when they refuse, and what helps.
CLEARANCE_REFUSALS: tuple[str | Promise, ...] = (
    _("this clearance was revoked before"),
    _("nothing needs to be done"),
    _("enter the new one, if there is one"),
    _("a choice or a day is missing"),
    _("fill in all of the form"),
    _("a colleague has looked at this before"),
    _("you entered this proof yourself"),
    _("another person must verify it"),
    _("this proof was verified before"),
    _("this proof was revoked before"),
    _("this list has no such entry"),
    _("look its number up on the list's page, or leave it empty for all"),
    _("a proof names its authority, its number and the document of its holder"),
    _("fill in all three, as the proof says them"),
    _("a document has a number and the state that issued it"),
    _("write the state in three letters"),
    _("the birth date of the holder is missing"),
    _("choose day, month and year"),
    _("the proof's term is over"),
    _("write its last day as the proof has it"),
)
