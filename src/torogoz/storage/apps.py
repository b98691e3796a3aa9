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
        """Make our lookups known, bind the secrets of second factors, keep databases from sampling."""
        import torogoz.storage.lookups  # noqa: F401 - it is registered by being read
        from torogoz.storage import samples, second_factors

        second_factors.listen()
        post_migrate.connect(samples.never_sample, sender=self)
