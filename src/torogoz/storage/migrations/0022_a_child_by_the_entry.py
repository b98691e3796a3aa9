"""A hit says whether its entry is about a child: lists of decisions opened each entry for it, and the queue did not tell.

Hits that have not changed since before do not know, and their entries are opened as before.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """A hit tells whether its entry is about a child."""

    dependencies = [("storage", "0021_hits_of_four_weeks")]

    operations = [
        migrations.AddField(model_name="hit", name="child_listed", field=models.BooleanField(null=True)),
    ]
