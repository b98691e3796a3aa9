"""Kinds of places in which something stands under a key: how its key is named, how it is proved, how it is made anew.

A place is a column of a model. `sealed.PLACES` is the table of all of them; rotation, the count of what each key still
seals, and the proof that the keys at hand are this database's all go over that table and know nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from django.db import models
from django.db.models import Count, QuerySet

from torogoz.storage.clearances import document_hash
from torogoz.storage.convert import open_identifier, place_of, seal_identifier
from torogoz.storage.keyring import DoesNotOpenError, Keyring
from torogoz.storage.models import Identifier, WatchlistEntry
from torogoz.storage.models.sealed_text import SealedTextField
from torogoz.storage.party import identifier_key
from torogoz.storage.second_factors import bind, opened
from torogoz.storage.snapshots import entry_content, entry_place, terms_of
from torogoz.storage.write import update_objects


@dataclass(frozen=True, slots=True)
class Place:
    """A column of a model. `of` gives what a row's value is bound to; `key_column` names the key, by its id."""

    model: type[models.Model]
    column: str
    of: Callable[[Any], str] = lambda _: ""
    key_column: str = "key_id"
    use: str = "fields"
    #: Columns without a key of their own that this one's key opens.
    contents: tuple[str, ...] = ()
    #: Whether a rotation can make the value anew; what it cannot goes with its row.
    renewable: ClassVar[bool] = True

    @property
    def label(self) -> str:
        """What reports call it."""
        return f"{self.model._meta.db_table}.{self.column}"  # noqa: SLF001 - public API

    @property
    def writes(self) -> tuple[str, ...]:
        """The columns that making a value anew changes."""
        return (self.column, self.key_column)

    def rows(self) -> QuerySet[Any]:
        """The rows in which something stands."""
        return self.model._base_manager.exclude(**{self.column: None})  # noqa: SLF001 - public API

    def under(self, key_id: str) -> QuerySet[Any]:
        """The rows that name a key."""
        return self.rows().filter(**{self.key_column: self._named(key_id)})

    def stale(self, key_id: str) -> QuerySet[Any]:
        """The rows that name another key than this one."""
        return self.rows().exclude(**{self.key_column: self._named(key_id)})

    def counts(self) -> dict[str, int]:
        """How many rows name each key."""
        told = self.rows().order_by().values_list(self.key_column).annotate(number=Count("pk"))
        return {self._key_id(name): number for name, number in told}

    def prove(self, row: Any, keys: Keyring) -> None:
        """Open the value; UnavailableError where it does not."""
        keys.open(bytes(getattr(row, self.column)), self.of(row), getattr(row, self.key_column))

    def renew(self, row: Any, keys: Keyring) -> None:
        """Seal the value anew in the row's object."""
        plain = keys.open(bytes(getattr(row, self.column)), self.of(row), getattr(row, self.key_column))
        setattr(row, self.column, keys.seal(plain, self.of(row)))
        setattr(row, self.key_column, keys.fields.id)

    def write(self, rows: Sequence[Any]) -> None:
        """Write rows that were made anew, in the caller's transaction."""
        update_objects(rows, self.writes)

    def _named(self, key_id: str) -> Any:
        return key_id

    def _key_id(self, name: Any) -> str:
        return str(name)


class Sealed(Place):
    """A value that stands sealed under a key of `fields`."""


class WrappedKey(Place):
    """The key of a row's own, wrapped: a rotation wraps it anew, and what it seals (`contents`) stays as it is."""

    def prove(self, row: Any, keys: Keyring) -> None:
        """Unwrap the row's own key, and wrap it again."""
        keys.rewrap(bytes(getattr(row, self.column)), self.of(row), getattr(row, self.key_column))

    def renew(self, row: Any, keys: Keyring) -> None:
        """Wrap the row's own key anew."""
        key_id = getattr(row, self.key_column)
        setattr(row, self.column, keys.rewrap(bytes(getattr(row, self.column)), self.of(row), key_id))
        setattr(row, self.key_column, keys.held[self.use][0].id)


class _Texts(Place):
    """A column of text whose value names its key itself, `fields-2:…`."""

    def rows(self) -> QuerySet[Any]:
        return Place.rows(self).exclude(**{self.column: ""})

    def under(self, key_id: str) -> QuerySet[Any]:
        return self.rows().filter(**{f"{self.column}__startswith": f"{key_id}:"})

    def stale(self, key_id: str) -> QuerySet[Any]:
        return self.rows().exclude(**{f"{self.column}__startswith": f"{key_id}:"})

    def counts(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for text in self.rows().order_by().values_list(self.column, flat=True).iterator(2000):
            key_id = text.partition(":")[0]
            found[key_id] = found.get(key_id, 0) + 1
        return found


class SealedText(_Texts):
    """A column of plain text that stands sealed and names its key itself."""

    def prove(self, row: Any, keys: Keyring) -> None:
        """Open the text."""
        keys.open_text(getattr(row, self.column), self.of(row))

    def renew(self, row: Any, keys: Keyring) -> None:
        """Seal the text anew."""
        setattr(row, self.column, keys.seal_text(keys.open_text(getattr(row, self.column), self.of(row)), self.of(row)))

    @property
    def writes(self) -> tuple[str, ...]:
        """The text alone."""
        return (self.column,)


class StaffText(_Texts):
    """A `SealedTextField`, whose row's object gives the text opened."""

    @property
    def field(self) -> SealedTextField:
        """The field itself."""
        field = self.model._meta.get_field(self.column)  # noqa: SLF001 - public API
        assert isinstance(field, SealedTextField)  # noqa: S101 - the table is wrong otherwise
        return field

    def prove(self, row: Any, keys: Keyring) -> None:  # noqa: ARG002 - the field asks for the keys of the home
        """Open the text."""
        getattr(row, self.column)

    def renew(self, row: Any, keys: Keyring) -> None:
        """Open the text; writing seals it."""
        self.prove(row, keys)

    def write(self, rows: Sequence[Any]) -> None:
        """Write each text, sealed."""
        for row in rows:
            sealed = self.field.sealed(getattr(row, self.column), row.pk)
            self.model._base_manager.filter(pk=row.pk).update(**{self.column: sealed})  # noqa: SLF001 - public API


class SecondFactor(Place):
    """A secret in the document that allauth keeps of a person's second factor; `key_column` is its name there."""

    @property
    def label(self) -> str:
        """The document and the name in it."""
        return f"{self.model._meta.db_table}.{self.column}.{self.key_column}"  # noqa: SLF001 - public API

    @property
    def writes(self) -> tuple[str, ...]:
        """The whole document."""
        return (self.column,)

    def rows(self) -> QuerySet[Authenticator]:
        """The rows that have such a secret."""
        return QuerySet(Authenticator).filter(**{f"data__{self.key_column}__isnull": False})

    def under(self, key_id: str) -> QuerySet[Authenticator]:
        """By how the text begins."""
        return self.rows().filter(**{f"data__{self.key_column}__startswith": f"{key_id}:"})

    def stale(self, key_id: str) -> QuerySet[Authenticator]:
        """By how the text begins."""
        return self.rows().exclude(**{f"data__{self.key_column}__startswith": f"{key_id}:"})

    def counts(self) -> dict[str, int]:
        """There are a few for each person who works here."""
        found: dict[str, int] = {}
        for row in self.rows():
            key_id = row.data[self.key_column].partition(":")[0]
            found[key_id] = found.get(key_id, 0) + 1
        return found

    def prove(self, row: Authenticator, keys: Keyring) -> None:  # noqa: ARG002 - the secret asks for the keys of the home
        """Open the secret."""
        opened(row.data[self.key_column])

    def renew(self, row: Authenticator, keys: Keyring) -> None:  # noqa: ARG002 - likewise
        """Seal each secret of the row anew."""
        bind(row)


class _Versioned(Place):
    """A keyed hash, whose key is named by its number in the use `index`."""

    def _named(self, key_id: str) -> int:
        return int(key_id.rpartition("-")[2])

    def _key_id(self, name: Any) -> str:
        return f"index-{name}"


class IdentifierHash(_Versioned):
    """The hash by which equal identifiers are found. Their sealed value is bound to it, and follows."""

    @property
    def writes(self) -> tuple[str, ...]:
        """The hash and the value that is bound to it."""
        return ("keyed_hash", "index_version", "sealed", "key_id")

    def prove(self, row: Identifier, keys: Keyring) -> None:
        """Hash the value again under the key it names."""
        key = keys.key(f"index-{row.index_version}")
        ring = Keyring.of([key])
        if ring.blind(row.kind, identifier_key(row.kind, open_identifier(row, keys))) != row.keyed_hash:
            raise DoesNotOpenError

    def renew(self, row: Identifier, keys: Keyring) -> None:
        """Hash the value under the current key, and seal it for the row that this makes."""
        value = open_identifier(row, keys)
        row.keyed_hash = keys.blind(row.kind, identifier_key(row.kind, value))
        row.index_version = keys.index.number
        row.sealed, row.key_id = seal_identifier(value, place_of(row), keys), keys.fields.id

    def write(self, rows: Sequence[Identifier]) -> None:
        """Write the rows. One whose value a message has brought meanwhile, under the current key, goes instead."""
        known = Identifier.objects.filter(
            traveller__in={row.traveller_id for row in rows}, keyed_hash__in={row.keyed_hash for row in rows}
        )
        there = set(known.values_list("traveller_id", "kind", "keyed_hash", "data_class"))
        kept: list[Identifier] = []
        double: list[Identifier] = []
        for row in rows:
            value = (row.traveller_id, row.kind, row.keyed_hash, row.data_class)
            (double if value in there else kept).append(row)
            there.add(value)
        Identifier.objects.filter(pk__in=[row.pk for row in double]).delete()
        update_objects(kept, self.writes)


class ClearedHash(_Versioned):
    """The hash by which a cleared person's document is found; the number stands sealed beside it."""

    @property
    def writes(self) -> tuple[str, ...]:
        """The hash and its key's number."""
        return ("keyed_hash", "index_version")

    def prove(self, row: Any, keys: Keyring) -> None:
        """Hash the number again under the key it names."""
        if document_hash(row.document, Keyring.of([keys.key(f"index-{row.index_version}")])) != row.keyed_hash:
            raise DoesNotOpenError

    def renew(self, row: Any, keys: Keyring) -> None:
        """Hash the number under the current key."""
        row.keyed_hash, row.index_version = document_hash(row.document, keys), keys.index.number


class EntryDigest(_Versioned):
    """The digest by which an import knows what a list holds already."""

    def prove(self, row: WatchlistEntry, keys: Keyring) -> None:
        """Sum the entry up again under the key it names."""
        if Keyring.of([keys.key(f"index-{row.index_version}")]).digest(self._content(row, keys)) != row.digest:
            raise DoesNotOpenError

    def renew(self, row: WatchlistEntry, keys: Keyring) -> None:
        """Sum the entry up under the current key."""
        row.digest, row.index_version = keys.digest(self._content(row, keys)), keys.index.number

    def _content(self, row: WatchlistEntry, keys: Keyring) -> bytes:
        place = entry_place(row.watchlist_id, row.key, row.version_from)
        return entry_content(keys.open(bytes(row.sealed), place, row.key_id), terms_of(row))


class MessageDigest(_Versioned):
    """The digest of bytes that are gone: it cannot be made anew, and needs its key until its row goes."""

    renewable = False

    def rows(self) -> QuerySet[Any]:
        """Rows that have a digest, and name its key."""
        return super().rows().exclude(**{self.key_column: None})

    def prove(self, row: Any, keys: Keyring) -> None:
        """Find its key; there is nothing left to compare."""
        keys.key(self._key_id(getattr(row, self.key_column)))
