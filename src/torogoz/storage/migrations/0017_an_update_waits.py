"""Changes of lists that wait, who put each version in force, and which identifiers each entry has."""

import json
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from torogoz.storage.keys import keyring


def count_identifiers(apps: Any, _: object) -> None:
    """Say of each entry which identifiers it has, as domain.watchlist.Identifiers numbers them."""
    rows = apps.get_model("storage", "WatchlistEntry").objects
    for row in rows.order_by("pk").iterator(1000):
        place = f"watchlist_entry|{row.watchlist_id}|{row.key}|{row.version_from}"
        entry = json.loads(keyring().open(bytes(row.sealed), place, row.key_id))
        whole = any(born.get("day") for born in entry.get("birth_dates", ()))
        has = (entry.get("names"), whole, entry.get("nationalities"), entry.get("sex"), entry.get("documents"))
        rows.filter(pk=row.pk).update(identifiers=sum(1 << place for place, value in enumerate(has) if value))


class Migration(migrations.Migration):

    dependencies = [
        ('storage', '0016_when_a_flight_was_cancelled'),
    ]

    operations = [
        migrations.AddField(
            model_name='watchlistentry',
            name='identifiers',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='watchlistversion',
            name='agreed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='WaitingVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('lapses_at', models.DateTimeField()),
                ('by_form', models.BooleanField()),
                ('needs_second', models.BooleanField()),
                ('refused', models.PositiveIntegerField()),
                ('report', models.JSONField(default=list)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('watchlist', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waiting', to='storage.watchlist')),
            ],
        ),
        migrations.CreateModel(
            name='WaitingRemoval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='storage.watchlistentry')),
                ('waiting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='removing', to='storage.waitingversion')),
            ],
        ),
        migrations.CreateModel(
            name='WaitingEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80)),
                ('owner', models.CharField(max_length=80)),
                ('legal_basis', models.CharField(max_length=200)),
                ('purpose', models.CharField(choices=[('border_control', 'border_control'), ('serious_crime', 'serious_crime'), ('exit_ban', 'exit_ban'), ('protection', 'protection'), ('oversight', 'oversight')], max_length=32)),
                ('reason', models.TextField()),
                ('grade', models.CharField(max_length=16)),
                ('handling', models.CharField(blank=True, max_length=32)),
                ('action', models.CharField(choices=[('arrest', 'arrest'), ('refer', 'refer'), ('discreet', 'discreet'), ('inform', 'inform'), ('protect', 'protect'), ('exit_ban', 'exit_ban')], max_length=32)),
                ('review_on', models.DateField()),
                ('gravity', models.PositiveSmallIntegerField()),
                ('advisory', models.BooleanField()),
                ('identifiers', models.PositiveSmallIntegerField(default=0)),
                ('sealed', models.BinaryField()),
                ('key_id', models.CharField(max_length=32)),
                ('replaces', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='storage.watchlistentry')),
                ('waiting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entering', to='storage.waitingversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('waiting', 'key'), name='waiting_entry_once')],
            },
        ),
        migrations.RunPython(count_identifiers, migrations.RunPython.noop),
    ]
