from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("sms", "0009_messages_of_who_has_left"),
    ]

    operations = [
        ValidateConstraint(model_name="outgoingsms", name="sms_goes_to_iranian_mobiles_only"),
    ]
