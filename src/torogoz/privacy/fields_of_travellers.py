"""What masking does to each column of a traveller's record: the part of `privacy.fields` that is about travellers.

Masking leaves of a traveller's record what is needed to keep it lawfully and to end that: its number, its flight, the
cause of its hits and the state of its holds, who did what when, in codes and times. All else is *sealed*, under a key
of that record alone, or *cleared* for good: keyed hashes, links to other journeys, what tells how many travelled
together, and the evidence of hits. The evidence of a confirmed hit was sealed when it was confirmed; it stays.

Sources: Directive 2016/681 art. 12(2)(a)–(f) (LR-40); LR-25, LR-44; design §7.
"""

from __future__ import annotations

from torogoz.privacy.schedule import OF_TRAVELLERS, Data
from torogoz.privacy.tables import About, Row, Table

TRAVELLERS = (
    Table(
        "storage.JourneyTraveller",
        About.TRAVELLER,
        path="pk",
        sealed="surname given_names surname_key sex birth_date nationality residence record_locator reference seat",
        cleared={"booking": None, "person": None, "disagreements": 0},
        personal="role minor",
        work="id journey merged_into status status_at off_reason has_api has_pnr first_received_at updated_at"
        " masked_at",
        goes=OF_TRAVELLERS,
        why="a code of three values names nobody; that somebody was a child only ever protects (CRC art. 3)",
    ),
    Table(
        "storage.Observation",
        About.TRAVELLER,
        masking=Row.MOVES,
        path="traveller",
        sealed="message known_at said_at data_class source sealed",
        cleared=dict.fromkeys(("traveller", "ordinal", "purpose", "clock_from", "present", "link_evidence")),
        work="id",
        keys="key_id",
        goes=OF_TRAVELLERS,
    ),
    Table(
        "storage.Identifier",
        About.TRAVELLER,
        masking=Row.MOVES,
        path="traveller",
        sealed="kind issuer data_class sealed",
        cleared=dict.fromkeys(("traveller", "message", "keyed_hash", "index_version", "known_at")),
        work="id",
        keys="key_id",
        goes=OF_TRAVELLERS,
    ),
    Table(
        "storage.Note",
        About.TRAVELLER,
        masking=Row.MOVES,
        path="traveller",
        sealed="written_by written_at text",
        cleared=dict.fromkeys(("traveller", "agency", "compartment")),
        work="id",
        goes=OF_TRAVELLERS,
    ),
    Table(
        "storage.PersonLink",
        About.TRAVELLER,
        masking=Row.GOES,
        path="traveller",
        cleared=dict.fromkeys(
            ("person", "traveller", "evidence", "made_at", "undone_at", "undone_by", "undone_reason")
        ),
        work="id",
        goes=OF_TRAVELLERS,
    ),
    Table(
        "storage.Person",
        About.TRAVELLER,
        masking=Row.LAST,
        work="id made_at",
        goes=OF_TRAVELLERS,
        why="it is nothing but its links, and goes with the last of them",
    ),
    Table(
        "storage.Booking",
        About.TRAVELLER,
        masking=Row.LAST,
        personal="record_locator carrier split_from",
        work="id journey cancelled_at last_message",
        goes=OF_TRAVELLERS,
        why="it is those of its travellers who still stand in clear, and goes with the last of them",
    ),
    Table(
        "storage.MaskedRecord",
        About.TRAVELLER,
        personal="sealed",
        work="id traveller",
        keys="wrapped_key key_id",
        goes=OF_TRAVELLERS,
        why="what masking has moved under the record's own key",
    ),
    Table(
        "storage.Hit",
        About.TRAVELLER,
        path="traveller",
        cleared={
            "evidence": (),
            "matched_name": "",
            "millibits": 0,
            "probability": None,
        },
        personal="cause_source cause_key title_es title_en child_listed",
        work="id agency compartment traveller journey cause_kind cause_version purpose gravity queued status"
        " closed_reason raised_at changed_at act_by claimed_by claimed_until warned_at overdue_at ruling"
        " clearance proof",
        goes=OF_TRAVELLERS,
        why="the cause is why the record is kept at all: whoever reviews the hold must see it; that somebody was a"
        " child only ever protects (CRC art. 3)",
    ),
    Table(
        "storage.HitBasis",
        About.TRAVELLER,
        masking=Row.GOES,
        path="hit__traveller",
        cleared=dict.fromkeys(("hit", "sealed")),
        work="id",
        keys="key_id",
        goes=OF_TRAVELLERS,
    ),
    Table(
        "storage.HitSource",
        About.TRAVELLER,
        masking=Row.GOES,
        path="hit__traveller",
        cleared=dict.fromkeys(("hit", "message", "positions")),
        work="id",
        goes=OF_TRAVELLERS,
    ),
    Table(
        "storage.Clearance",
        About.TRAVELLER,
        masking=Row.GOES,
        path="traveller",
        cleared=dict.fromkeys(
            ("traveller", "decision", "entry", "document", "keyed_hash", "index_version", "issuer", "birth_date")
        ),
        work="id agency compartment made_by made_at revoked_by revoked_at",
        goes=OF_TRAVELLERS,
        why="it is no longer kept than what it was made of (LR-44)",
    ),
    Table("storage.RepeatedStop", About.STAFF, work="id hit kind at seen_by seen_at", goes=OF_TRAVELLERS),
    Table("storage.HitSeen", About.STAFF, work="id hit account seen_at", goes=OF_TRAVELLERS),
    Table(
        "storage.Decision",
        About.TRAVELLER,
        path="hit__traveller",
        sealed="identity_reason ground_reason action_reason second_reason review_reason",
        work="id hit made_by made_at identity ground action urgent needs_second second_by second_at second_agrees"
        " review_due_at reviewed_by reviewed_at review_upholds effective_at forget",
        goes=OF_TRAVELLERS,
    ),
    Table(
        "storage.Referral",
        About.TRAVELLER,
        path="hit__traveller",
        sealed="safe_text outcome_note",
        work="id agency compartment decision hit recipient channel sent_by sent_at acknowledged_at outcome outcome_at"
        " withdrawn_at",
        goes=OF_TRAVELLERS,
    ),
    Table(
        "storage.Hold",
        About.TRAVELLER,
        path="traveller",
        personal="reason",
        work="id agency compartment traveller hit placed_by placed_at review_on expires_on reviewed_by reviewed_at"
        " ended_by ended_at",
        goes=OF_TRAVELLERS,
        why="the reason why the record is kept must be readable while it is kept (LR-42)",
    ),
    Table(
        "storage.SealedEvidence",
        About.TRAVELLER,
        masking=Row.FORCE,
        path="hit__traveller",
        personal="sealed",
        work="id hit decision sealed_at",
        keys="key_id",
        goes=OF_TRAVELLERS,
        why="what a confirmed hit rested on can be replayed for as long as the hit is kept (design §2)",
    ),
    Table(
        "storage.ReceivedMessage",
        About.TRAVELLER,
        personal="reference common_reference content_digest redacted",
        work="id delivery number received_at prepared_at status type version function qualifier sender carrier"
        " part_number part_last waits_until index_version journey travellers bookings findings withheld withheld_by"
        " span_start separators quality",
        keys="wrapped_key key_id",
        goes=frozenset({Data.MESSAGE}),
        sooner={"redacted": Data.RAW, "wrapped_key": Data.RAW},
        why="it stands for all who are named in it, and goes when its time has come and the last of them has gone",
    ),
    Table(
        "storage.ContestedFinding",
        About.TRAVELLER,
        personal="reason answer",
        work="id message place carrier code made_by made_at verdict answered_by answered_at",
        goes=frozenset({Data.MESSAGE}),
        why="what a carrier and the centre write of a message may name somebody; it goes with the message",
    ),
    Table(
        "storage.Delivery",
        About.TRAVELLER,
        personal="name digest sealed",
        work="id received_at source sender size index_version status sealed_until tries failure",
        keys="wrapped_key key_id",
        goes=frozenset({Data.MESSAGE}),
        sooner={"sealed": Data.UNPARSED, "wrapped_key": Data.UNPARSED},
        why="it goes with the last of its messages",
    ),
    Table(
        "storage.OrderConfirmation",
        About.TRAVELLER,
        path="traveller",
        sealed="reason",
        work="id order traveller confirmed_by confirmed_at ended_by ended_at",
        goes=OF_TRAVELLERS,
    ),
    Table(
        "storage.AnswerRevision",
        About.TRAVELLER,
        path="traveller",
        work="id traveller request code because confirmation made_at told_at times heard_at refused ended_at",
        goes=OF_TRAVELLERS,
    ),
    Table(
        "storage.InteractiveRequest",
        About.TRAVELLER,
        personal="transaction",
        work="id delivery number sender asks said_at answered_at taken because fell_back",
        goes=frozenset({Data.MESSAGE}),
        why="it goes with its delivery, whose number in the carrier's system it holds",
    ),
    Table(
        "storage.InteractiveAnswer",
        About.TRAVELLER,
        personal="traveller_key",
        work="id request place index_version code because confirmation",
        goes=frozenset({Data.MESSAGE}),
        sooner={"traveller_key": Data.EVENT},
        why="a code that names nobody, and for some days a keyed digest of what the carrier called them",
    ),
    Table(
        "storage.Acknowledgement",
        About.TRAVELLER,
        personal="body",
        work="id delivery made_at",
        goes=frozenset({Data.MESSAGE}),
        why="it goes with its delivery, whose references it names beside codes",
    ),
)
