from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('storage', '0015_what_rounds_look_for'),
    ]

    operations = [
        migrations.AddField(
            model_name='journey',
            name='cancelled_at',
            field=models.DateTimeField(null=True),
        ),
    ]
