"""The Django application that holds all received data (label `storage`, a contract)."""

from __future__ import annotations

from django.apps import AppConfig


class StorageConfig(AppConfig):
    """Names the application; the label is relied on by other people's scripts."""

    name = "torogoz.storage"
    label = "storage"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make our own lookups known, and bind the secrets of second factors to their accounts."""
        import torogoz.storage.lookups  # noqa: F401 - it is registered by being read
        from torogoz.storage import second_factors

        second_factors.listen()
