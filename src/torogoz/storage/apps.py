"""The Django application that holds all received data (label `storage`, a contract)."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StorageConfig(AppConfig):
    """Names the application; the label is relied on by other people's scripts."""

    name = "torogoz.storage"
    label = "storage"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """After every migration, see to it that the database keeps no samples of what speaks of a person."""
        from torogoz.storage.samples import never_sample

        post_migrate.connect(never_sample, sender=self)
