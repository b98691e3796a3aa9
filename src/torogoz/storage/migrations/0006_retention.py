"""Retention: records that are masked, holds that end, runs with their proof, and what each hit was computed with."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('storage', '0005_keys'),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('night', models.DateField(null=True, unique=True)),
                ('as_of', models.DateTimeField()),
                ('profile', models.CharField(max_length=16)),
                ('thorough', models.BooleanField(default=True)),
                ('started_at', models.DateTimeField()),
                ('stage', models.CharField(max_length=16)),
                ('cursor', models.BigIntegerField(default=0)),
                ('counts', models.JSONField(default=dict)),
                ('erased_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(db_index=True, null=True)),
                ('certificate', models.TextField(blank=True)),
            ],
        ),
        migrations.AddField(
            model_name='hold',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='hold',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hold',
            name='reviewed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='hold',
            name='reviewed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='journeytraveller',
            name='masked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='hold',
            name='expires_on',
            field=models.DateField(db_index=True),
        ),
        migrations.CreateModel(
            name='HitBasis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', models.BinaryField()),
                ('key_id', models.CharField(max_length=32)),
                ('hit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='basis', to='storage.hit')),
            ],
        ),
        migrations.CreateModel(
            name='MaskedRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', models.BinaryField()),
                ('wrapped_key', models.BinaryField()),
                ('key_id', models.CharField(max_length=32)),
                ('traveller', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='masked', to='storage.journeytraveller')),
            ],
        ),
    ]
