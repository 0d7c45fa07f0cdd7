import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("offices", "0005_association_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="LastCount",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="there_is_one_last_count"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficeDayTotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("offered", models.PositiveIntegerField(db_default=0, default=0)),
                ("held", models.PositiveIntegerField(db_default=0, default=0)),
                ("appointments", models.PositiveIntegerField(db_default=0, default=0)),
                ("came", models.PositiveIntegerField(db_default=0, default=0)),
                ("no_shows", models.PositiveIntegerField(db_default=0, default=0)),
                ("excused", models.PositiveIntegerField(db_default=0, default=0)),
                ("cancelled", models.PositiveIntegerField(db_default=0, default=0)),
                ("displaced", models.PositiveIntegerField(db_default=0, default=0)),
                ("served", models.PositiveIntegerField(db_default=0, default=0)),
                ("walk_ins", models.PositiveIntegerField(db_default=0, default=0)),
                ("booked", models.PositiveIntegerField(db_default=0, default=0)),
                ("measured", models.PositiveIntegerField(db_default=0, default=0)),
                ("wait", models.PositiveIntegerField(db_default=0, default=0)),
                ("booked_up", models.PositiveIntegerField(db_default=0, default=0)),
                (
                    "office",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="offices.office",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "day"), name="one_total_per_office_and_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("held__lte", models.F("offered"))),
                        name="no_more_turns_are_held_than_offered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProvinceDayTotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("offered", models.PositiveIntegerField(db_default=0, default=0)),
                ("held", models.PositiveIntegerField(db_default=0, default=0)),
                ("appointments", models.PositiveIntegerField(db_default=0, default=0)),
                ("came", models.PositiveIntegerField(db_default=0, default=0)),
                ("no_shows", models.PositiveIntegerField(db_default=0, default=0)),
                ("excused", models.PositiveIntegerField(db_default=0, default=0)),
                ("cancelled", models.PositiveIntegerField(db_default=0, default=0)),
                ("displaced", models.PositiveIntegerField(db_default=0, default=0)),
                ("served", models.PositiveIntegerField(db_default=0, default=0)),
                ("walk_ins", models.PositiveIntegerField(db_default=0, default=0)),
                ("booked", models.PositiveIntegerField(db_default=0, default=0)),
                ("measured", models.PositiveIntegerField(db_default=0, default=0)),
                ("wait", models.PositiveIntegerField(db_default=0, default=0)),
                ("booked_up", models.PositiveIntegerField(db_default=0, default=0)),
                (
                    "province",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="offices.province",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "province"), name="one_total_per_province_and_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceDayTotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("appointments", models.PositiveIntegerField(db_default=0, default=0)),
                (
                    "county",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="offices.county",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="offices.service",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "county", "service"),
                        include=("appointments",),
                        name="one_total_per_county_service_and_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SmsDayTotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("code", "کد تأیید"),
                            ("has_account", "این شماره حساب دارد"),
                            ("no_account", "این شماره حساب ندارد"),
                            ("account_made", "حساب ساخته شد"),
                            ("booked", "نوبت ثبت شد"),
                            ("moved", "نوبت جابه\u200cجا شد"),
                            ("cancelled", "نوبت حذف شد"),
                            ("reminder", "یادآوری روز پیش"),
                            ("no_show", "نیامدن"),
                            ("excused", "پذیرفتن اعتراض"),
                            ("office_closed", "بسته شدن دفتر"),
                            ("proposed_again", "پیشنهاد دیگر پس از تعطیلی"),
                            ("nobody_recorded", "روز بی\u200cثبت دفتر"),
                        ],
                        max_length=20,
                    ),
                ),
                ("queued", models.PositiveIntegerField(db_default=0, default=0)),
                ("accepted", models.PositiveIntegerField(db_default=0, default=0)),
                ("given_up", models.PositiveIntegerField(db_default=0, default=0)),
                ("expired", models.PositiveIntegerField(db_default=0, default=0)),
                ("delivered", models.PositiveIntegerField(null=True)),
                (
                    "province",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="offices.province",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "kind", "province"),
                        name="one_total_per_day_kind_and_province",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
    ]
