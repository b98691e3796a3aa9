"""Who may open which address: one row for each, allauth's too. The doors enforce it before any page runs.

A row says to whom an address opens, by which methods, whether a purpose must be chosen first (LR-20), what its numbers
name, and by which methods it asks again who is there (LR-56). An address without a row is not there for anybody, and
`make check` refuses it. What stands behind a number is decided by `storage.access`, which asks for itself and again:
the agency, the compartment, and who may be the second person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from torogoz.domain.staff import StaffRole

#: Who signed in, or asked again who they are, is not asked once more for this long, in seconds.
FRESH_FOR = 15 * 60


class Kind(StrEnum):
    """What a number in an address names."""

    AUDIT_ENTRY = "audit entry"
    CARRIER = "carrier"
    CLEARANCE = "clearance"
    CONTESTED = "contested finding"
    DECISION = "decision"
    DELIVERY = "delivery"
    FLIGHT = "flight"
    HIT = "hit"
    HOLD = "hold"
    KEPT_HIT = "undecided hit of a masked record"
    LINK = "link to a person"
    MARK = "mark of a look"
    CONFIRMATION = "confirmation of an order"
    MESSAGE = "message"
    OUTAGE = "outage of a carrier"
    OWN_MESSAGE = "message of one's carrier"
    OWN_OUTAGE = "outage of one's carrier"
    ORDER = "order"
    PASSKEY = "passkey"
    PROOF = "clearing proof"
    REFERRAL = "referral"
    REPEATED = "repeated stop"
    RULE = "rule"
    RULE_VERSION = "version of a rule"
    TRAVELLER = "traveller"
    WAITING = "change of a list that waits"
    WATCHLIST = "watchlist"
    WATCHLIST_ENTRY = "entry of a list"


#: What an agency owns, and perhaps a compartment: to others it is as if it were not there.
OWNED = frozenset(
    {
        Kind.CLEARANCE,
        Kind.DECISION,
        Kind.HIT,
        Kind.HOLD,
        Kind.KEPT_HIT,
        Kind.ORDER,
        Kind.CONFIRMATION,
        Kind.PROOF,
        Kind.REFERRAL,
        Kind.REPEATED,
        Kind.RULE,
        Kind.RULE_VERSION,
        Kind.WAITING,
        Kind.WATCHLIST,
        Kind.WATCHLIST_ENTRY,
    }
)
#: What belongs to one person, or to their carrier: to everybody else it is as if it were not there.
PERSONAL = frozenset({Kind.PASSKEY, Kind.OWN_MESSAGE, Kind.OWN_OUTAGE})

GET = frozenset({"GET"})
POST = frozenset({"POST"})
BOTH = GET | POST
NONE: frozenset[str] = frozenset()

_REVIEWERS = frozenset({StaffRole.ANALYST, StaffRole.SUPERVISOR})
_SUPERVISOR = frozenset({StaffRole.SUPERVISOR})
_OVERSIGHT = frozenset({StaffRole.DATA_PROTECTION})
_ADMINISTRATOR = frozenset({StaffRole.ADMINISTRATOR})
_OFFICER = frozenset({StaffRole.BORDER_OFFICER})
_OF_A_CARRIER = frozenset({StaffRole.CARRIER})


@dataclass(frozen=True, slots=True)
class Permission:
    """A row. `roles` is None where every signed-in person may, with or without a role.

    `anybody`: without a sign-in too. `before_factor`: before the second factor is set up. `again`: the methods before
    which somebody says again who they are, and `act` the words for what they do then.
    """

    name: str
    methods: frozenset[str]
    roles: frozenset[StaffRole] | None = None
    purpose: bool = False
    numbers: Mapping[str, Kind] = field(default_factory=dict)
    again: frozenset[str] = NONE
    act: str | Promise = ""
    anybody: bool = False
    before_factor: bool = False

    def opens_to(self, role: StaffRole | None) -> bool:
        """Whether it opens to a signed-in person of a role."""
        return self.roles is None or role in self.roles


_HIT = {"hit": Kind.HIT}
_DECISION = {"decision": Kind.DECISION}
_REFERRAL = {"referral": Kind.REFERRAL}
_TRAVELLER = {"traveller": Kind.TRAVELLER}
_ENTRY = {"entry": Kind.AUDIT_ENTRY}
_LIST = {"list_id": Kind.WATCHLIST}
_WAITING = _LIST | {"waiting": Kind.WAITING}
_LIST_ENTRY = _LIST | {"entry": Kind.WATCHLIST_ENTRY}
_RULE = {"rule_id": Kind.RULE}
_VERSION = {"rule_id": Kind.RULE, "version": Kind.RULE_VERSION}
_CARRIER = {"carrier": Kind.CARRIER}
_ORDER = {"order": Kind.ORDER}
_PASSKEY = {"pk": Kind.PASSKEY}
_PROOF = {"proof": Kind.PROOF}

_ROWS: tuple[Permission, ...] = (
    # Coming in, and going.
    Permission("account_login", BOTH, anybody=True),
    Permission("account_inactive", GET, anybody=True),
    Permission("mfa_authenticate", BOTH, anybody=True),
    Permission("mfa_login_webauthn", BOTH, anybody=True),
    Permission("account_logout", BOTH, before_factor=True),
    Permission("account_reauthenticate", BOTH, before_factor=True),
    Permission("mfa_reauthenticate", BOTH),
    Permission("mfa_reauthenticate_webauthn", BOTH),
    Permission("account_go_on", GET, before_factor=True),
    # One's own account.
    Permission("account_change_password", BOTH, again=BOTH, act=_("change your password")),
    Permission("mfa_index", GET, before_factor=True),
    Permission("mfa_activate_totp", BOTH, again=BOTH, act=_("set up your second factor"), before_factor=True),
    Permission("mfa_deactivate_totp", BOTH, again=BOTH, act=_("remove your second factor")),
    Permission("mfa_add_webauthn", BOTH, again=BOTH, act=_("add a passkey"), before_factor=True),
    Permission("mfa_list_webauthn", GET),
    Permission("mfa_edit_webauthn", BOTH, numbers=_PASSKEY, again=BOTH, act=_("name a passkey")),
    Permission("mfa_remove_webauthn", BOTH, numbers=_PASSKEY, again=BOTH, act=_("remove a passkey")),
    Permission("mfa_view_recovery_codes", GET, again=GET, act=_("see your recovery codes")),
    Permission("mfa_generate_recovery_codes", BOTH, again=BOTH, act=_("make new recovery codes")),
    # The session.
    Permission("home", GET),
    Permission("session_purpose", POST),
    Permission("session_language", POST, anybody=True),
    Permission("session_theme", POST, anybody=True),
    # Senders: programs, which come with a token and not with a sign-in.
    Permission("intake", POST, anybody=True),
    Permission("interactive", BOTH, anybody=True),
    Permission("acknowledgement", GET, numbers={"delivery": Kind.DELIVERY}, anybody=True),
    # Review.
    Permission("live", GET, _REVIEWERS, purpose=True),
    Permission("queue", GET, _REVIEWERS, purpose=True),
    Permission("queue_table", GET, _REVIEWERS, purpose=True),
    Permission("board", GET, _REVIEWERS, purpose=True),
    Permission("board_table", GET, _REVIEWERS, purpose=True),
    Permission("flight", GET, _REVIEWERS, purpose=True, numbers={"journey": Kind.FLIGHT}),
    Permission("search", BOTH, _REVIEWERS, purpose=True),
    Permission("handover", GET, _REVIEWERS, purpose=True),
    Permission("dossier", GET, _REVIEWERS, purpose=True, numbers=_TRAVELLER),
    Permission("lines", GET, _REVIEWERS, purpose=True, numbers=_TRAVELLER | {"message": Kind.MESSAGE}),
    Permission("note", POST, _REVIEWERS, purpose=True, numbers=_TRAVELLER),
    Permission("undo_link", POST, _SUPERVISOR, purpose=True, numbers=_TRAVELLER | {"link": Kind.LINK}),
    Permission("claim", POST, _REVIEWERS, purpose=True, numbers=_HIT),
    Permission("release", POST, _REVIEWERS, purpose=True, numbers=_HIT),
    Permission("reassign", POST, _SUPERVISOR, purpose=True, numbers=_HIT),
    Permission("decide", BOTH, _REVIEWERS, purpose=True, numbers=_HIT),
    Permission("decide_preview", GET, _REVIEWERS, purpose=True, numbers=_HIT),
    Permission("alarms", GET, _SUPERVISOR),
    Permission("second", GET, _REVIEWERS, purpose=True),
    Permission("answer_second", POST, _REVIEWERS, purpose=True, numbers=_DECISION),
    Permission(
        "answer_review",
        POST,
        _SUPERVISOR,
        purpose=True,
        numbers=_DECISION,
        again=POST,
        act=_("review an urgent decision"),
    ),
    # Orders, and what carriers are told by them.
    Permission("orders", GET, _REVIEWERS | _OVERSIGHT, purpose=True),
    Permission("order_enter", POST, _REVIEWERS, purpose=True, again=POST, act=_("enter an order")),
    Permission("order_agree", POST, _SUPERVISOR, purpose=True, numbers=_ORDER, again=POST, act=_("agree to an order")),
    Permission("order_withdraw", POST, _SUPERVISOR, purpose=True, numbers=_ORDER, again=POST, act=_("end an order")),
    Permission("traveller_orders", GET, _REVIEWERS, purpose=True, numbers=_TRAVELLER),
    Permission(
        "order_confirm",
        POST,
        _REVIEWERS,
        purpose=True,
        numbers=_TRAVELLER | _ORDER,
        again=POST,
        act=_("apply an order to a traveller"),
    ),
    Permission(
        "order_release",
        POST,
        _REVIEWERS,
        purpose=True,
        numbers={"confirmation": Kind.CONFIRMATION},
        again=POST,
        act=_("lift an order from a traveller"),
    ),
    Permission("ask_bookings", POST, _REVIEWERS, purpose=True, numbers={"journey": Kind.FLIGHT}),
    # Homonym memory: who was cleared, by a reviewer or by what they bring.
    Permission("clearances", GET, _REVIEWERS | _OVERSIGHT, purpose=True),
    Permission(
        "clearance_revoke",
        POST,
        _REVIEWERS,
        purpose=True,
        numbers={"clearance": Kind.CLEARANCE},
        again=POST,
        act=_("revoke a clearance"),
    ),
    Permission("proof_enter", POST, _REVIEWERS, purpose=True, again=POST, act=_("enter a clearing proof")),
    Permission(
        "proof_verify", POST, _SUPERVISOR, purpose=True, numbers=_PROOF, again=POST, act=_("verify a clearing proof")
    ),
    Permission(
        "proof_revoke", POST, _REVIEWERS, purpose=True, numbers=_PROOF, again=POST, act=_("revoke a clearing proof")
    ),
    Permission("repeat_look", POST, _SUPERVISOR, purpose=True, numbers={"repeated": Kind.REPEATED}),
    # Referrals.
    Permission("refer", BOTH, _REVIEWERS, purpose=True, numbers=_DECISION),
    Permission("referrals", GET, _REVIEWERS | _OFFICER, purpose=True),
    Permission("referral", GET, _REVIEWERS | _OFFICER, purpose=True, numbers=_REFERRAL),
    Permission("referral_print", GET, _REVIEWERS | _OFFICER, purpose=True, numbers=_REFERRAL),
    Permission("referral_acknowledge", POST, _OFFICER, purpose=True, numbers=_REFERRAL),
    Permission("referral_answer", POST, _OFFICER, purpose=True, numbers=_REFERRAL),
    # Messages, the schedule, and whether all runs. An administrator sees structure, and has no purpose to choose.
    Permission("messages", GET, _REVIEWERS | _ADMINISTRATOR, purpose=True),
    Permission("message", GET, _REVIEWERS | _ADMINISTRATOR, purpose=True, numbers={"message": Kind.MESSAGE}),
    Permission("message_places", GET, _REVIEWERS, purpose=True, numbers={"message": Kind.MESSAGE}),
    Permission("replay", POST, _REVIEWERS | _ADMINISTRATOR, purpose=True, numbers={"delivery": Kind.DELIVERY}),
    Permission("manifest", BOTH, _REVIEWERS, purpose=True),
    Permission("manifest_template", GET, _REVIEWERS),
    Permission("schedule", BOTH, _SUPERVISOR | _ADMINISTRATOR),
    Permission("health", GET, _SUPERVISOR | _ADMINISTRATOR),
    # Carriers: what is agreed with them.
    Permission("carriers", GET, _SUPERVISOR | _ADMINISTRATOR),
    Permission("carrier_add", POST, _SUPERVISOR | _ADMINISTRATOR),
    Permission("carrier", BOTH, _SUPERVISOR | _ADMINISTRATOR, numbers=_CARRIER),
    Permission("carrier_outage", POST, _SUPERVISOR | _ADMINISTRATOR, numbers=_CARRIER),
    Permission("carrier_outage_end", POST, _SUPERVISOR | _ADMINISTRATOR, numbers=_CARRIER | {"outage": Kind.OUTAGE}),
    Permission("carrier_scorecard", GET, _SUPERVISOR | _ADMINISTRATOR, numbers=_CARRIER),
    Permission("contested", GET, _SUPERVISOR),
    Permission("contested_answer", POST, _SUPERVISOR, numbers={"contested": Kind.CONTESTED}),
    # A carrier's own person: their carrier's figures and findings, and of travellers only what they bring just then.
    Permission("own_scorecard", GET, _OF_A_CARRIER),
    Permission("own_findings", GET, _OF_A_CARRIER),
    Permission("own_contest", POST, _OF_A_CARRIER, numbers={"message": Kind.OWN_MESSAGE}),
    Permission("own_outages", BOTH, _OF_A_CARRIER),
    Permission("own_outage_end", POST, _OF_A_CARRIER, numbers={"outage": Kind.OWN_OUTAGE}),
    Permission("sandbox", BOTH, _OF_A_CARRIER),
    Permission("own_manifest", BOTH, _OF_A_CARRIER),
    Permission("own_template", GET, _OF_A_CARRIER),
    # What is kept past its clock.
    Permission("holds", GET, _SUPERVISOR | _OVERSIGHT, purpose=True),
    Permission("place_hold", POST, _SUPERVISOR, purpose=True, numbers=_TRAVELLER),
    Permission(
        "answer_hold",
        POST,
        _SUPERVISOR,
        purpose=True,
        numbers={"hold": Kind.HOLD},
        again=POST,
        act=_("keep or end a hold"),
    ),
    Permission(
        "let_go", POST, _SUPERVISOR, purpose=True, numbers={"hit": Kind.KEPT_HIT}, again=POST, act=_("let a hit go")
    ),
    # Oversight.
    Permission("audit", GET, _OVERSIGHT),
    Permission("audit_export", GET, _OVERSIGHT, again=GET, act=_("export the audit")),
    Permission("audit_mark", GET, _OVERSIGHT, numbers={"mark": Kind.MARK}),
    Permission("audit_mark_look", POST, _OVERSIGHT, numbers={"mark": Kind.MARK}),
    Permission("audit_text", GET, _OVERSIGHT, numbers=_ENTRY, again=GET, act=_("open a sealed text")),
    Permission("audit_text_open", POST, _OVERSIGHT, numbers=_ENTRY, again=POST, act=_("open a sealed text")),
    # Lists.
    Permission("watchlists", GET, _REVIEWERS | _OVERSIGHT | _ADMINISTRATOR),
    Permission("watchlist", GET, _REVIEWERS | _OVERSIGHT | _ADMINISTRATOR, numbers=_LIST),
    Permission("watchlist_entries", GET, _REVIEWERS, purpose=True, numbers=_LIST),
    Permission("try_name", BOTH, _REVIEWERS, purpose=True),
    Permission("watchlist_trial", BOTH, _REVIEWERS, purpose=True, numbers=_LIST),
    Permission("watchlist_entry_looked", POST, _SUPERVISOR, numbers={"entry": Kind.WATCHLIST_ENTRY}),
    Permission("watchlist_import", BOTH, _SUPERVISOR, again=BOTH, act=_("import a list")),
    Permission("watchlist_waiting", BOTH, _REVIEWERS, purpose=True, numbers=_WAITING),
    Permission("watchlist_in_force", POST, _SUPERVISOR, numbers=_WAITING, again=POST, act=_("put a list in force")),
    Permission("watchlist_discard", POST, _SUPERVISOR, numbers=_WAITING, again=POST, act=_("discard a list's change")),
    Permission("watchlist_entry", GET, _REVIEWERS, purpose=True, numbers=_LIST_ENTRY),
    Permission("entry_enter", BOTH, _SUPERVISOR, purpose=True, numbers=_LIST, again=BOTH, act=_("enter an entry")),
    Permission(
        "entry_correct", BOTH, _SUPERVISOR, purpose=True, numbers=_LIST_ENTRY, again=BOTH, act=_("correct an entry")
    ),
    Permission(
        "entry_remove", POST, _SUPERVISOR, purpose=True, numbers=_LIST_ENTRY, again=POST, act=_("remove an entry")
    ),
    # Rules: who proposes, and who is the second person.
    Permission("rules", GET, _REVIEWERS | _OVERSIGHT | _ADMINISTRATOR),
    Permission("rule", GET, _REVIEWERS | _OVERSIGHT | _ADMINISTRATOR, numbers=_RULE),
    Permission("rule_propose", BOTH, _REVIEWERS),
    Permission("rule_approve", POST, _SUPERVISOR, numbers=_VERSION, again=POST, act=_("approve a rule")),
    Permission("rule_refuse", POST, _SUPERVISOR, numbers=_VERSION, again=POST, act=_("turn a rule down")),
    Permission("rule_request_stop", POST, _REVIEWERS, numbers=_VERSION, again=POST, act=_("ask to stop a rule")),
    Permission("rule_stop", POST, _SUPERVISOR, numbers=_VERSION, again=POST, act=_("stop a rule")),
    Permission("rule_keep", POST, _SUPERVISOR, numbers=_VERSION, again=POST, act=_("let a rule go on")),
)

#: URL name → its row.
PERMISSIONS: Mapping[str, Permission] = {each.name: each for each in _ROWS}
