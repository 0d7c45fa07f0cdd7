"""No new migration breaks the code that still runs while it is put in place."""

import pytest
from django.apps import apps
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from nobat.database.expand import dangers

# Their numbers: what was there before anybody ran this system with two versions at once.
BEFORE_THE_RULE = {
    "appointments": 15,
    "figures": 2,
    "journal": 6,
    "offices": 8,
    "people": 4,
    "schedule": 6,
    "sms": 8,
    "visits": 1,
}


@pytest.mark.django_db
def test_new_migrations_go_with_the_code_of_yesterday():
    loader = MigrationLoader(connection)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("nobat.")}
    judged = {
        f"{app}.{name}": dangers(migration, loader.project_state((app, name), at_end=False))
        for (app, name), migration in loader.disk_migrations.items()
        if app in ours and int(name[:4]) > BEFORE_THE_RULE.get(app, 0)
    }
    assert {name: found for name, found in judged.items() if found} == {}


@pytest.fixture
def before():
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("hour", models.IntegerField(null=True)),
        ("name", models.CharField(max_length=20)),
    ]
    state = ProjectState()
    state.add_model(ModelState("visits", "Turn", fields))
    return state


def judge(before, *operations, **said):
    members = {"operations": list(operations), **said}
    return dangers(type("Migration", (migrations.Migration,), members)("0002", "visits"), before)


AN_INDEX = models.Index(fields=["hour"], name="turn_by_hour")
A_CHECK = models.CheckConstraint(condition=models.Q(hour__gte=0), name="hour_is_one")


@pytest.mark.parametrize(
    ("operation", "danger"),
    [
        (migrations.RemoveField("Turn", "hour"), "old code asks for this column"),
        (migrations.DeleteModel("Turn"), "old code asks for this table"),
        (migrations.RenameField("Turn", "hour", "time"), "by its old name"),
        (migrations.RenameModel("Turn", "Visit"), "by its old name"),
        (migrations.AlterModelTable("Turn", "turns"), "by its old name"),
        (migrations.AddField("Turn", "cases", models.IntegerField(default=1)), "not fill it in"),
        (migrations.AlterField("Turn", "hour", models.IntegerField()), "rows without it"),
        (migrations.AlterField("Turn", "name", models.TextField()), "another kind of value"),
        (migrations.AddIndex("Turn", AN_INDEX), "use AddIndexConcurrently"),
        (migrations.AddConstraint("Turn", A_CHECK), "use AddConstraintNotValid"),
        (migrations.RunSQL("drop  function take_turn(int)"), "may still ask for it"),
    ],
)
def test_what_yesterday_does_not_survive(before, operation, danger):
    [found] = judge(before, operation)

    assert danger in found


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("Turn", "note", models.TextField(null=True)),
        migrations.AddField("Turn", "cases", models.IntegerField(db_default=1)),
        migrations.AlterField("Turn", "hour", models.IntegerField(null=True, help_text="!")),
        migrations.AlterField("Turn", "hour", models.IntegerField(db_default=8)),
        AddIndexConcurrently("Turn", AN_INDEX),
        AddConstraintNotValid("Turn", A_CHECK),
        migrations.RunSQL("CREATE OR REPLACE FUNCTION take_turn(int) …"),
    ],
)
def test_what_yesterday_does_not_notice(before, operation):
    assert judge(before, operation) == []


def test_a_table_that_is_made_here_has_no_yesterday(before):
    made = migrations.CreateModel("Wish", [("id", models.BigAutoField(primary_key=True))])
    index = migrations.AddIndex("Wish", models.Index(fields=["id"], name="wish_by_id"))

    assert judge(before, made, index) == []


def test_taking_away_is_possible_for_whoever_says_what_for(before):
    removed = migrations.RemoveField("Turn", "hour")

    assert judge(before, removed, contracts="nobody asks for it since version 0.2") == []
