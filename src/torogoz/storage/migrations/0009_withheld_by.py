"""A message knows by which version of the table of sensitive data it was read (LR-23)."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column; what was read before says nothing."""

    dependencies = [("storage", "0008_queue")]

    operations = [
        migrations.AddField("receivedmessage", "withheld_by", models.CharField(blank=True, max_length=32, default="")),
    ]
