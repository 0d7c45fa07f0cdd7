"""A session knows with which password it was begun, so that one statement can tell."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from nobat.people.hashing import mark_of_the_secret_key

FILL = """
UPDATE people_session s
SET fits = encode(sha256(convert_to(%s || p.password, 'UTF8')), 'hex')
FROM people_person p WHERE p.id = s.person_id
"""


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Nobody is signed out by this change."""
    with editor.connection.cursor() as cursor:
        cursor.execute(FILL, [mark_of_the_secret_key()])


class Migration(migrations.Migration):
    dependencies = [("people", "0003_pause_after_refused_turns")]

    operations = [
        migrations.AddField(
            model_name="session",
            name="fits",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
