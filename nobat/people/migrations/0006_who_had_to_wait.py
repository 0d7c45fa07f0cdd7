from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("people", "0005_people_can_leave"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="person",
            index=models.Index(
                condition=models.Q(("turns_paused_until__isnull", False)),
                fields=["turns_paused_until"],
                name="person_had_to_wait",
            ),
        ),
    ]
