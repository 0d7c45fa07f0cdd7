"""Provinces and counties of Iran; nobat/offices/data/README.md says where they come from."""

import csv
from pathlib import Path

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from nobat.shared.alphabet import alphabetical
from nobat.shared.persian import fold

COUNTIES = Path(__file__).resolve().parent.parent / "data" / "iran_counties.csv"
# عشق‌آباد in South Khorasan: its four digits are in no source.
CODE_OF_THE_ONE_WITHOUT = "29A1"


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    with COUNTIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {row["province_code"]: row["province_fa"] for row in rows}
    Province = apps.get_model("offices", "Province")
    County = apps.get_model("offices", "County")
    Province.objects.bulk_create(
        Province(code=code, name=name, position=position)
        for position, (code, name) in enumerate(
            sorted(names.items(), key=lambda province: alphabetical(province[1])), start=1
        )
    )
    rows.sort(key=lambda row: alphabetical(row["county_fa"]))
    County.objects.bulk_create(
        County(
            code=row["county_code"] or CODE_OF_THE_ONE_WITHOUT,
            province_id=row["province_code"],
            name=row["county_fa"],
            other_name=row["county_alt_fa"],
            name_key=fold(f"{row['county_fa']} {row['county_alt_fa']}"),
            position=position,
            lat=_degrees(row["lat"]),
            lon=_degrees(row["lon"]),
        )
        for position, row in enumerate(rows, start=1)
    )


def _degrees(written: str) -> float | None:
    return float(written) if written else None


def empty(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("offices", "County").objects.all().delete()
    apps.get_model("offices", "Province").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("offices", "0001_initial")]

    operations = [migrations.RunPython(fill, empty)]
