"""Every column that exists, in one table: what it holds, what masking does to it, and with which clock it goes.

A test walks the models of every application and fails where a column is not here: a new one cannot be forgotten. The
table is not a description of the code but what the code reads (`mask`, storage.masking): a column that is moved here is
moved there.

What masking leaves of a traveller's record is told where those are (`privacy.fields_of_travellers`).

Sources: Directive 2016/681 art. 12(2)(a)–(f) (LR-40); LR-25, LR-44; design §7.
"""

from __future__ import annotations

from collections.abc import Mapping

from torogoz.privacy.fields_of_travellers import TRAVELLERS
from torogoz.privacy.schedule import Data
from torogoz.privacy.tables import About, Table

_LISTS = (
    Table(
        "storage.Order",
        About.LISTED,
        personal="authority file_number legal_basis subject case_reference",
        work="id agency compartment effect exit_ban direction valid_from valid_until entered_by entered_at agreed_by"
        " agreed_at withdrawn_by withdrawn_at",
        goes=frozenset({Data.LIST}),
        why="its authority answers for it until its last day, or until it is withdrawn",
    ),
    Table(
        "storage.WatchlistEntry",
        About.LISTED,
        personal="key owner legal_basis reason grade handling digest sealed",
        work="id agency compartment watchlist version_from version_to purpose action review_on gravity advisory"
        " identifiers index_version",
        keys="key_id",
        goes=frozenset({Data.LIST}),
        why="its owner answers for it until they drop it or its review date passes",
    ),
    Table(
        "storage.WaitingEntry",
        About.LISTED,
        personal="key owner legal_basis reason grade handling sealed",
        work="id waiting replaces purpose action review_on gravity advisory identifiers",
        keys="key_id",
        goes=frozenset({Data.WAITING}),
        why="it goes when it is put in force, discarded or overtaken, else with the day on which it lapses",
    ),
    Table(
        "storage.WaitingRemoval",
        About.OPERATION,
        work="id waiting entry",
        why="numbers of rows; it goes with what waits",
    ),
    Table(
        "storage.WaitingVersion",
        About.OPERATION,
        work="id watchlist made_at made_by lapses_at by_form needs_second refused report",
        why="counts, and the numbers of refused lines with codes; it names nobody",
    ),
    Table(
        "storage.ClearingProof",
        About.TRAVELLER,
        personal="document keyed_hash issuer birth_date authority number",
        work="id agency compartment kind watchlist list_version entry valid_until made_by made_at verified_by"
        " verified_at revoked_by revoked_at index_version",
        goes=frozenset({Data.PROOF}),
        why="the person brought it so that they be known by it: it lasts its own term (LR-63, LR-64)",
    ),
    Table(
        "storage.Watchlist",
        About.OPERATION,
        work="id agency compartment name made_at",
        why="a list's name and owner; it names nobody",
    ),
    Table(
        "storage.WatchlistVersion",
        About.OPERATION,
        work="id watchlist number imported_at imported_by agreed_by digest entries added removed refused report",
        why="counts, and the numbers of refused lines with codes; it names nobody",
    ),
    Table(
        "storage.TargetingRule",
        About.OPERATION,
        work="id agency compartment key made_at",
        why="rules are kept for as long as somebody may contest what they brought (LR-39)",
    ),
    Table(
        "storage.RuleVersion",
        About.OPERATION,
        work="id rule number state document title_es title_en purpose gravity review_on author proposed_at approver"
        " approved_at approver_reason stop_requested_by stop_reason stopped_by stopped_at",
        why="as its rule; the linter lets no name into it, and reasons speak of the rule",
    ),
)

_FLIGHTS = (
    Table(
        "storage.Journey",
        About.OPERATION,
        work="id mode carrier number suffix departure_date departure_airport arrival_airport direction departure_local"
        " arrival_local departure_at arrival_at status scheduled expected_travellers expected_bookings last_api_at"
        " last_pnr_at closed_out_at full_push_at cancelled_at screened_at screening_due_at",
        why="a flight without its people names nobody",
    ),
    Table("storage.JourneyDesignator", About.OPERATION, work="id journey carrier number suffix", why="as its flight"),
    Table(
        "storage.Retiming",
        About.OPERATION,
        work="id journey message known_at departure_local arrival_local",
        why="as its flight",
    ),
    Table(
        "storage.QueuedDelivery",
        About.OPERATION,
        work="delivery size tries worker leased_until lanes_known",
        why="it goes when its delivery was read, within the hour; a worker's name is drawn at random",
    ),
    Table(
        "storage.QueueLane",
        About.OPERATION,
        work="id queued flight",
        why="it goes with its place in the queue; a flight is nobody",
    ),
    Table("storage.ScreeningMark", About.OPERATION, work="id journey", why="it goes when its flight is screened"),
    Table(
        "storage.FlightCheck",
        About.OPERATION,
        work="id journey stage checked_at states alarmed",
        why="as its flight",
    ),
    Table("storage.Event", About.OPERATION, work="id at kind journey hit", goes=frozenset({Data.EVENT})),
    Table(
        "storage.RetentionRun",
        About.OPERATION,
        work="id night as_of profile thorough started_at stage cursor counts erased_at finished_at certificate",
        why="the proof of purging: counts and a digest",
    ),
)

_STAFF = (
    Table(
        "storage.AuditEntry",
        About.STAFF,
        personal="account role agency",
        work="id at event purpose object_type object_id counts commitment sequence chain_hash",
        why="five years from its writing, behind a signed checkpoint (LR-50)",
    ),
    Table(
        "storage.AuditHead",
        About.OPERATION,
        work="id sequence chain_hash begins noticed",
        why="where the chain of the audit ends: numbers and a digest",
    ),
    Table(
        "storage.AuditCheckpoint",
        About.OPERATION,
        work="id day sequence line",
        why="the signed head of each day, by which the chain is checked where older entries have gone (LR-51)",
    ),
    Table(
        "storage.KeyCheck",
        About.OPERATION,
        work="id key_id value made_at emptied_at retired_at",
        why="by which each key is known again; it tells nothing of it",
    ),
    Table(
        "storage.AuditText",
        About.TRAVELLER,
        personal="sealed",
        work="id entry",
        keys="key_id",
        goes=frozenset({Data.AUDIT_TEXT}),
        why="what somebody searched for, or gave as a reason",
    ),
    Table(
        "storage.Account",
        About.STAFF,
        personal="username first_name last_name email port",
        work="id password last_login is_superuser is_staff is_active date_joined role agency compartments language"
        " carrier groups user_permissions",
        why="the audit names who acted for as long as it stands (LR-50)",
    ),
    Table("storage.Account_groups", About.OPERATION, work="id account group", why="not used: roles are a closed list"),
    Table("storage.Account_user_permissions", About.OPERATION, work="id account permission", why="not used: as groups"),
    Table("storage.Agency", About.OPERATION, work="id code name centre", why="an institution"),
    Table(
        "storage.Sender",
        About.OPERATION,
        work="id name carriers networks enrolled_at revoked_at",
        why="a carrier or service provider",
    ),
    Table(
        "storage.CarrierProfile",
        About.STAFF,
        personal="contacts",
        work="id carrier name may_send strict severities expected transports acknowledge asked version changed_at",
        why="what is agreed with a carrier, and its people who answer for its messages, until another agreement",
    ),
    Table(
        "storage.CarrierOutage",
        About.TRAVELLER,
        personal="reason",
        work="id profile starts_at ends_at declared_by declared_at",
        sooner={"reason": Data.AUDIT_TEXT},
        why="when a carrier could not send; its words for that may name somebody, and are emptied",
    ),
    Table(
        "storage.SenderToken",
        About.OPERATION,
        work="id sender digest made_at ends_at",
        why="the right of a program, not of a person; of the token only a digest is kept",
    ),
    Table("auth.Group", About.OPERATION, work="id name permissions", why="not used: roles are a closed list"),
    Table("auth.Group_permissions", About.OPERATION, work="id group permission", why="not used: as groups"),
    Table("auth.Permission", About.OPERATION, work="id name content_type codename", why="Django's own list"),
    Table("contenttypes.ContentType", About.OPERATION, work="id app_label model", why="Django's own list"),
    Table(
        "sessions.Session",
        About.STAFF,
        personal="session_key session_data",
        work="expire_date",
        goes=frozenset({Data.SESSION}),
        why="who is signed in, for which purpose",
    ),
    Table(
        "account.EmailAddress",
        About.STAFF,
        work="id user email verified primary",
        why="not used: nobody signs up, and no mail is sent",
    ),
    Table("account.EmailConfirmation", About.STAFF, work="id email_address created sent key", why="not used, likewise"),
    Table(
        "mfa.Authenticator",
        About.STAFF,
        personal="data",
        work="id user type created_at last_used_at",
        why="as the account; it goes when its second factor is reset",
    ),
    Table(
        "axes.AccessAttempt",
        About.STAFF,
        personal="user_agent ip_address username http_accept path_info get_data post_data",
        work="id attempt_time failures_since_start",
        goes=frozenset({Data.ATTEMPT}),
        why="who tried to sign in",
    ),
    Table(
        "axes.AccessAttemptExpiration",
        About.STAFF,
        work="access_attempt expires_at",
        goes=frozenset({Data.ATTEMPT}),
    ),
    Table(
        "axes.AccessFailureLog",
        About.STAFF,
        personal="user_agent ip_address username http_accept path_info",
        work="id attempt_time locked_out",
        goes=frozenset({Data.ATTEMPT}),
        why="likewise",
    ),
    Table(
        "axes.AccessLog",
        About.STAFF,
        personal="user_agent ip_address username http_accept path_info session_hash",
        work="id attempt_time logout_time",
        goes=frozenset({Data.ATTEMPT}),
        why="likewise",
    ),
)

TABLES: tuple[Table, ...] = (*TRAVELLERS, *_LISTS, *_FLIGHTS, *_STAFF)
TABLE: Mapping[str, Table] = {table.model: table for table in TABLES}

#: The tables that masking reaches by a traveller, in the order in which it does.
REACHED: tuple[Table, ...] = tuple(table for table in TABLES if table.path)
