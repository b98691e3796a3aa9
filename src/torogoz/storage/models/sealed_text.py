"""A column of text that people wrote and only they read: it stands sealed, and is a plain text in the row's object.

What staff write of a traveller may hold anything: a telephone, a number copied from a passport. So it stands in the
database as the identifiers do, bound to table, column and row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_save

from torogoz.errors import OurError
from torogoz.storage.keys import keyring

if TYPE_CHECKING:
    Text = models.TextField[Any, Any]
else:
    Text = models.TextField  # Django's own takes no parameters


class Stored(str):
    """A text as it stands in the database: `fields-2:…`."""

    __slots__ = ()


class _Opened(DeferredAttribute):
    """Gives the text, and opens it where the row came from the database."""

    field: SealedTextField

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Stored):
            value = instance.__dict__[self.field.attname] = self.field.opened(value, instance.pk)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        """Keep it in the object: a descriptor that sets nothing would not be asked for what stands there."""
        instance.__dict__[self.field.attname] = value


class SealedTextField(Text):
    """Text that stands sealed. It cannot be searched; an empty one stays empty."""

    descriptor_class = _Opened

    def place(self, pk: object) -> str:
        """What the text of a row is bound to."""
        return f"{self.model._meta.db_table}.{self.column}|{pk}"  # noqa: SLF001 - public API

    def sealed(self, text: str, pk: object) -> str:
        """The text as it stands in the row of a number."""
        return Stored(keyring().seal_text(text, self.place(pk))) if text else ""

    def opened(self, stored: str, pk: object) -> str:
        """The text of the row of a number; UnavailableError where it was moved or its key is missing."""
        return keyring().open_text(stored, self.place(pk)) if stored else ""

    def contribute_to_class(self, cls: type[models.Model], name: str, *args: Any, **options: Any) -> None:
        """Join a model: a new row's text is bound to its number once the database has given it one."""
        super().contribute_to_class(cls, name, *args, **options)
        if not cls._meta.abstract:
            post_save.connect(self._bind, sender=cls, dispatch_uid=f"{cls._meta.label}.{name}")

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001 - Django's signature
        """Seal what is written. Before a row has its number, the text is bound to none, and opens nowhere."""
        return self.sealed(getattr(model_instance, self.attname) or "", model_instance.pk)

    def get_prep_value(self, value: Any) -> Any:
        """Let nothing but sealed text reach the database, whatever way it takes."""
        if value and not isinstance(value, Stored):
            raise OurError("a text was to be written unsealed")
        return str(value) if value else value

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """Mark what comes from the database; it is opened when somebody reads it."""
        return Stored(value) if value else value

    def _bind(self, instance: models.Model, created: bool, raw: bool = False, **_: object) -> None:  # noqa: FBT001, FBT002 - Django's signature
        text = getattr(instance, self.attname)
        if created and text and not raw:
            rows = type(instance)._base_manager.filter(pk=instance.pk)  # noqa: SLF001 - public API
            rows.update(**{self.attname: self.sealed(text, instance.pk)})
