import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("sms", "0005_messages_somebody_waits_for"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="outgoingsms",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["queued_at"], name="sms_queued"
            ),
        ),
    ]
