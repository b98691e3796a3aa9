"""What list entries raise is counted over four weeks on every page of a supervisor, and went through all hits for it.

Of a million hits of six months, 0.9 s without the index and 0.4 s with it.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Hits are found by when they were raised."""

    dependencies = [("storage", "0020_who_left_a_list")]

    operations = [
        migrations.AddIndex(model_name="hit", index=models.Index(fields=["raised_at"], name="hit_raised")),
    ]
