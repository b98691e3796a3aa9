"""Ports and border posts: the places of a journey may be codes of five signs (UN/LOCODE), and not airports only."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('storage', '0010_series_are_waited_for'),
    ]

    operations = [
        migrations.AlterField(
            model_name='journey',
            name='departure_airport',
            field=models.CharField(max_length=5),
        ),
        migrations.AlterField(
            model_name='journey',
            name='arrival_airport',
            field=models.CharField(blank=True, max_length=5),
        ),
    ]
