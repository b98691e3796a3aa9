"""The Django application of the pages; it listens to sign-ins, so that each leaves an audit entry."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Names the application."""

    name = "torogoz.web"
    label = "web"

    def ready(self) -> None:
        """Connect the signals of signing in and out."""
        from torogoz.web import sign_in

        sign_in.listen()
