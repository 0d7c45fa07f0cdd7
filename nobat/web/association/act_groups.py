"""The acts of the journal in groups, to choose one of them or all of a kind."""

from nobat.journal.acts import Act

ALL_OF = "all:"
GROUPS: dict[str, tuple[str, list[Act]]] = {
    "appointments": (
        "نوبت",
        [
            Act.BOOKED,
            Act.MOVED,
            Act.CANCELLED_BY_CITIZEN,
            Act.DISPLACED,
            Act.PROPOSED,
            Act.CALLED_UP,
        ],
    ),
    "visits": (
        "مراجعه",
        [
            Act.CHECKED_IN,
            Act.CHECK_IN_UNDONE,
            Act.WRONG_PERSON,
            Act.WALKED_IN,
            Act.CALLED,
            Act.CALLED_BACK,
            Act.FINISHED,
        ],
    ),
    "no_shows": (
        "نیامدن، محرومیت و اعتراض",
        [
            Act.NO_SHOW,
            Act.SUSPENDED,
            Act.EXCUSED,
            Act.OBJECTED,
            Act.OBJECTION_ACCEPTED,
            Act.OBJECTION_REFUSED,
            Act.SUSPENSION_ENDED,
        ],
    ),
    "days": (
        "قطعی و روز بی‌ثبت",
        [Act.OUTAGE_RECORDED, Act.DAY_QUESTIONED, Act.DAY_ANSWERED],
    ),
    "closures": (
        "تعطیلی",
        [
            Act.CLOSURE_ORDERED,
            Act.CLOSURE_DONE,
            Act.CLOSURE_LIFTED,
            Act.DAY_CLOSED,
            Act.DAY_REOPENED,
        ],
    ),
    "holidays": (
        "تقویم",
        [Act.HOLIDAY_SET, Act.HOLIDAY_CONFIRMED, Act.HOLIDAY_MOVED, Act.HOLIDAY_REMOVED],
    ),
    "rules": ("قاعده‌ها", [Act.RULE_SET]),
    "offices": (
        "دفتر، شهرستان و خدمت",
        [
            Act.OFFICES_IMPORTED,
            Act.OFFICE_ADDED,
            Act.OFFICE_CHANGED,
            Act.OFFICE_OPENED,
            Act.OFFICE_SUSPENDED,
            Act.OFFICE_CLOSED_DOWN,
            Act.HOURS_SET,
            Act.SERVICES_SET,
            Act.COUNTY_SET,
            Act.SERVICE_SET,
        ],
    ),
    "staff": (
        "کارکنان",
        [
            Act.STAFF_ADDED,
            Act.STAFF_ROLE_CHANGED,
            Act.STAFF_REMOVED,
            Act.STAFF_SIGNED_IN,
            Act.SECOND_FACTOR_SET,
            Act.SECOND_FACTOR_RESET,
            Act.RECOVERY_CODE_USED,
            Act.RECOVERY_CODES_RENEWED,
            Act.DETAILS_SEEN,
        ],
    ),
    "accounts": (
        "حساب شهروند",
        [
            Act.ACCOUNT_MADE,
            Act.SIGNED_IN,
            Act.PASSWORD_CHANGED,
            Act.SESSIONS_ENDED,
            Act.DATA_TAKEN,
            Act.ACCOUNT_ERASED,
            Act.ACCOUNT_FORGOTTEN,
        ],
    ),
}


def _of_group(name: str) -> list[tuple[str, str]]:
    title, acts = GROUPS[name]
    every = [(f"{ALL_OF}{name}", f"همهٔ {title}")] if len(acts) > 1 else []
    return every + [(act.value, str(act.label)) for act in acts]


ACT_CHOICES: list[tuple[str, str | list[tuple[str, str]]]] = [
    ("", "هر کاری"),
    *((title, _of_group(name)) for name, (title, _) in GROUPS.items()),
]


def acts_chosen(choice: str) -> list[Act]:
    """The acts of a choice of ACT_CHOICES."""
    if choice.startswith(ALL_OF):
        return GROUPS[choice.removeprefix(ALL_OF)][1]
    return [Act(choice)]
