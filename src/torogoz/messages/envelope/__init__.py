"""What carries messages: archives, mail, telex, frames and text of wide characters, peeled in any nesting (design §2).

`unpack` gives the bytes in which messages are read, with what was noticed on the way. Places in findings, messages and
redacted copies are places in these bytes; what was sent stays sealed as it was sent. What the reader passes over
anyway, because it stands outside interchanges, is left where it is: most deliveries are unpacked to themselves.

Which envelope it is shows in the first bytes, so that a delivery that comes in pieces is known for one early.
Everything is bounded by `Limits`, happens in memory, and whatever an envelope hides is a finding, never an error.
"""

from torogoz.messages.envelope.unpacking import WINDOW, Unpacked, is_enveloped, unpack

__all__ = ["WINDOW", "Unpacked", "is_enveloped", "unpack"]
