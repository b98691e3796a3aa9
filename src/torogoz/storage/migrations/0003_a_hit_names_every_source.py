"""A hit names every message that it rests on, in a table of its own; a rule is named by its key alone."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.state import StateApps


def move_sources(apps: StateApps, _schema_editor: object) -> None:
    hits, sources = apps.get_model('storage', 'Hit'), apps.get_model('storage', 'HitSource')
    for hit in hits.objects.exclude(message=None).iterator():
        sources.objects.create(hit=hit, message_id=hit.message_id, positions=hit.positions)


def name_rules_by_their_keys(apps: StateApps, _schema_editor: object) -> None:
    hits = apps.get_model('storage', 'Hit')
    named: set[tuple[int, str]] = set()
    for hit in hits.objects.filter(cause_kind='rule').order_by('-pk'):
        if (hit.traveller_id, hit.cause_key) not in named:
            named.add((hit.traveller_id, hit.cause_key))
            hits.objects.filter(pk=hit.pk).update(cause_source='')


class Migration(migrations.Migration):

    dependencies = [
        ('storage', '0002_keys_are_proved'),
    ]

    operations = [
        migrations.CreateModel(
            name='HitSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('positions', models.JSONField(default=list)),
                ('hit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='storage.hit')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hit_sources', to='storage.receivedmessage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('hit', 'message'), name='hit_source_once')],
            },
        ),
        migrations.RunPython(move_sources),
        migrations.RemoveField(
            model_name='hit',
            name='message',
        ),
        migrations.RemoveField(
            model_name='hit',
            name='positions',
        ),
        migrations.AlterField(
            model_name='hit',
            name='cause_source',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.RunPython(name_rules_by_their_keys),
    ]
