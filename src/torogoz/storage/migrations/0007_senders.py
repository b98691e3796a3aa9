import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def move_tokens(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give each sender its one token as the first of its tokens; its carriers stay every one, as they were."""
    token = apps.get_model('storage', 'SenderToken')
    for sender in apps.get_model('storage', 'Sender').objects.all():
        token.objects.create(sender=sender, digest=sender.token_digest, made_at=sender.enrolled_at)


class Migration(migrations.Migration):

    dependencies = [
        ('storage', '0006_retention'),
    ]

    operations = [
        migrations.CreateModel(
            name='SenderToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='storage.sender')),
            ],
        ),
        migrations.AddField(
            model_name='delivery',
            name='sender',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='storage.sender'),
        ),
        migrations.AddField(
            model_name='sender',
            name='carriers',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='sender',
            name='networks',
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(move_tokens, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='sender',
            name='token_digest',
        ),
    ]
