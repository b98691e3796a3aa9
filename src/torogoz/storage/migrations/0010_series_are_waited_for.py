"""A part of a series knows until when the other parts are waited for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("storage", "0009_withheld_by")]

    operations = [
        migrations.AddField("receivedmessage", "waits_until", models.DateTimeField(db_index=True, null=True)),
    ]
