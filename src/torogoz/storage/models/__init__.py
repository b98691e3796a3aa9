"""The schema (design §7): what is searched is a column, what is only shown is sealed in one value per row."""

from torogoz.storage.models.accounts import Account, Agency
from torogoz.storage.models.answers import (
    AnswerRevision,
    InteractiveAnswer,
    InteractiveRequest,
    Order,
    OrderConfirmation,
)
from torogoz.storage.models.audit import AuditCheckpoint, AuditEntry, AuditHead, AuditText
from torogoz.storage.models.carriers import CarrierOutage, CarrierProfile, ContestedFinding, FlightCheck
from torogoz.storage.models.clearances import Clearance, ClearingProof, RepeatedStop
from torogoz.storage.models.events import Event
from torogoz.storage.models.intake import (
    Acknowledgement,
    Delivery,
    QueuedDelivery,
    QueueLane,
    ReceivedMessage,
    Sender,
    SenderToken,
)
from torogoz.storage.models.journeys import Journey, JourneyDesignator, Retiming, ScreeningMark
from torogoz.storage.models.keys import KeyCheck
from torogoz.storage.models.retention import MaskedRecord, RetentionRun
from torogoz.storage.models.review import (
    Decision,
    Hit,
    HitBasis,
    HitSeen,
    HitSource,
    Hold,
    Note,
    Referral,
    SealedEvidence,
)
from torogoz.storage.models.rules import RuleVersion, TargetingRule
from torogoz.storage.models.travellers import (
    Booking,
    Identifier,
    JourneyTraveller,
    Observation,
    Person,
    PersonLink,
)
from torogoz.storage.models.watchlists import (
    WaitingEntry,
    WaitingRemoval,
    WaitingVersion,
    Watchlist,
    WatchlistEntry,
    WatchlistVersion,
)

__all__ = [
    "Account",
    "Acknowledgement",
    "Agency",
    "AnswerRevision",
    "AuditCheckpoint",
    "AuditEntry",
    "AuditHead",
    "AuditText",
    "Booking",
    "CarrierOutage",
    "CarrierProfile",
    "Clearance",
    "ClearingProof",
    "ContestedFinding",
    "Decision",
    "Delivery",
    "Event",
    "FlightCheck",
    "Hit",
    "HitBasis",
    "HitSeen",
    "HitSource",
    "Hold",
    "Identifier",
    "InteractiveAnswer",
    "InteractiveRequest",
    "Journey",
    "JourneyDesignator",
    "JourneyTraveller",
    "KeyCheck",
    "MaskedRecord",
    "Note",
    "Observation",
    "Order",
    "OrderConfirmation",
    "Person",
    "PersonLink",
    "QueueLane",
    "QueuedDelivery",
    "ReceivedMessage",
    "Referral",
    "RepeatedStop",
    "RetentionRun",
    "Retiming",
    "RuleVersion",
    "ScreeningMark",
    "SealedEvidence",
    "Sender",
    "SenderToken",
    "TargetingRule",
    "WaitingEntry",
    "WaitingRemoval",
    "WaitingVersion",
    "Watchlist",
    "WatchlistEntry",
    "WatchlistVersion",
]
