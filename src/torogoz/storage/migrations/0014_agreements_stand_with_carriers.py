"""How a carrier is told what was found, and whether it is asked for bookings, stand with what else is agreed with it.

What stood with a sender goes to each of its carriers; a sender of every carrier was one of all whose messages it brought,
of all with which something is agreed, and of all that another sender has. Where senders of one carrier differed, one that named it counts before one of
every carrier, and of these the one that was enrolled last.
"""

from typing import Any

from django.db import migrations, models
from django.utils import timezone


def to_carriers(apps: Any, schema_editor: Any) -> None:
    """Give each carrier what was agreed with its senders."""
    Profile = apps.get_model('storage', 'CarrierProfile')
    senders = apps.get_model('storage', 'Sender').objects.filter(revoked_at=None).order_by('enrolled_at', 'pk')
    brought = apps.get_model('storage', 'ReceivedMessage').objects.exclude(carrier='').order_by()
    named = {carrier for sender in senders for carrier in sender.carriers or ()}
    agreed = senders.exclude(acknowledge='', asked=False)
    for sender in sorted(agreed, key=lambda each: each.carriers is not None):
        carriers = sender.carriers
        if carriers is None:
            seen = brought.filter(delivery__sender=sender).values_list('carrier', flat=True)
            carriers = {*seen.distinct(), *named, *Profile.objects.values_list('carrier', flat=True)}
        for carrier in sorted(carriers):
            profile, _ = Profile.objects.get_or_create(
                carrier=carrier, defaults={'may_send': ['api', 'pnr'], 'changed_at': timezone.now()}
            )
            profile.acknowledge = sender.acknowledge or profile.acknowledge
            profile.asked = profile.asked or sender.asked
            profile.save(update_fields=['acknowledge', 'asked'])


def to_senders(apps: Any, schema_editor: Any) -> None:
    """Give each sender what is agreed with its carriers."""
    profiles = apps.get_model('storage', 'CarrierProfile').objects.order_by('carrier')
    for sender in apps.get_model('storage', 'Sender').objects.all():
        own = profiles if sender.carriers is None else profiles.filter(carrier__in=sender.carriers)
        sender.acknowledge = next((each.acknowledge for each in own if each.acknowledge), '')
        sender.asked = own.filter(asked=True).exists()
        sender.save(update_fields=['acknowledge', 'asked'])


class Migration(migrations.Migration):

    dependencies = [
        ('storage', '0013_orders_and_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='carrierprofile',
            name='acknowledge',
            field=models.CharField(blank=True, choices=[('contrl', 'contrl'), ('ackres', 'ackres')], default='', max_length=32),
        ),
        migrations.AddField(
            model_name='carrierprofile',
            name='asked',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(to_carriers, to_senders),
        migrations.RemoveField(
            model_name='sender',
            name='acknowledge',
        ),
        migrations.RemoveField(
            model_name='sender',
            name='asked',
        ),
    ]
