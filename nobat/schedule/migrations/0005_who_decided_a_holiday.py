"""A holiday has a kind and whoever decided about it; a day that people freed stays free."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# As nobat/schedule/holidays.py had it on this day.
SOLAR = (
    "نوروز",
    "روز جمهوری اسلامی",
    "روز طبیعت",
    "رحلت حضرت امام خمینی",
    "قیام ۱۵ خرداد",
    "پیروزی انقلاب",
    "صنعت نفت",
    "آخرین روز سال",
)


def tell_lunar_ones(apps, schema_editor):
    lunar = apps.get_model("schedule", "Holiday").objects.all()
    for name in SOLAR:
        lunar = lunar.exclude(title__contains=name)
    lunar.update(kind="lunar")


class Migration(migrations.Migration):
    dependencies = [
        ("schedule", "0004_closure_orders_and_holds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkingDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True)),
                ("title", models.CharField(max_length=200)),
                ("decided_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["day"],
            },
        ),
        migrations.AddField(
            model_name="holiday",
            name="decided_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="holiday",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="holiday",
            name="kind",
            field=models.CharField(
                choices=[("solar", "خورشیدی"), ("lunar", "قمری"), ("decreed", "مصوب")],
                db_default="solar",
                default="solar",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="holiday",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["solar", "lunar", "decreed"])),
                name="holiday_kind_is_known",
            ),
        ),
        migrations.AddField(
            model_name="workingday",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(tell_lunar_ones, migrations.RunPython.noop),
    ]
