"""The queue, and each list of decisions, opened every hit's entry to tell whether it is about a child: the hit says it.

Hits that were last screened before do not know, and their entries are opened as before.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """A hit tells whether its entry is about a child."""

    dependencies = [("storage", "0021_hits_of_four_weeks")]

    operations = [
        migrations.AddField(model_name="hit", name="child_listed", field=models.BooleanField(null=True)),
    ]
