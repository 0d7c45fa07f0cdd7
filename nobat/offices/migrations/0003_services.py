"""The subjects a citizen takes a turn for, under their heads."""

import json
from pathlib import Path

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SERVICES = Path(__file__).resolve().parent.parent / "data" / "services.json"


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Service = apps.get_model("offices", "Service")
    heads = json.loads(SERVICES.read_text(encoding="utf-8"))
    saved = Service.objects.bulk_create(
        Service(
            code=head["code"],
            title=head["title"],
            position=position,
            needs_sana=False,
            is_bookable=False,
        )
        for position, head in enumerate(heads, start=1)
    )
    subjects = [
        (parent, subject)
        for parent, head in zip(saved, heads, strict=True)
        for subject in head["subjects"]
    ]
    Service.objects.bulk_create(
        Service(
            code=subject["code"],
            parent=parent,
            title=subject["title"],
            # After the heads, so that the plain order of services is a sensible one too.
            position=position,
            papers=subject["papers"],
            needs_sana=subject["needs_sana"],
        )
        for position, (parent, subject) in enumerate(subjects, start=len(heads) + 1)
    )


def empty(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Service = apps.get_model("offices", "Service")
    Service.objects.exclude(parent=None).delete()
    Service.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("offices", "0002_provinces_and_counties")]

    operations = [migrations.RunPython(fill, empty)]
