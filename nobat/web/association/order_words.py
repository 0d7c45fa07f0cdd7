"""An order of closure in words: where, when, how much of it."""

from django.db.models import QuerySet

from nobat.offices.models import County, Office, Province
from nobat.schedule.closures import END_OF_DAY
from nobat.schedule.models import ClosureOrder
from nobat.shared.jalali import long_day
from nobat.shared.persian import fa_digits

NAMED = 4  # then the others are counted


def where(order: ClosureOrder) -> str:
    """«استان تهران، جز دماوند و فیروزکوه»"""
    counties = County.objects.filter(code__in=order.counties)
    offices = Office.objects.filter(code__in=order.offices)
    if order.is_nationwide:
        places = "همهٔ کشور"
    else:
        provinces = _names(Province.objects.filter(pk__in=order.provinces), "استان")
        places = "، ".join(
            each
            for each in (provinces, _names(counties, "شهرستان"), _names(offices, "دفتر"))
            if each
        )
    but = [
        _names(County.objects.filter(code__in=order.but_counties), "شهرستان"),
        _names(Office.objects.filter(code__in=order.but_offices), "دفتر"),
        "دفترهای کشیک" if order.spares_exempt else "",
    ]
    without = "، ".join(each for each in but if each)
    return f"{places}، جز {without}" if without else places


def when(order: ClosureOrder) -> str:
    """«چهارشنبه ۴ آذر تا جمعه ۶ آذر، از ساعت ۱۲:۰۰ تا پایان روز»"""
    days = long_day(order.first_day)
    if order.last_day != order.first_day:
        days = f"{days} تا {long_day(order.last_day)}"
    if order.from_hour is None or order.until_hour is None:
        return f"{days}، همهٔ روز"
    begins = fa_digits(f"{order.from_hour:%H:%M}")
    if order.until_hour == END_OF_DAY:
        return f"{days}، از ساعت {begins} تا پایان روز"
    return f"{days}، ساعت {begins} تا {fa_digits(f'{order.until_hour:%H:%M}')}"


def how_much(order: ClosureOrder) -> str:
    if order.stays:
        return f"{fa_digits(order.stays)}٪ ظرفیت می‌ماند"
    return "همهٔ ظرفیت"


def _names(rows: QuerySet[Province] | QuerySet[County] | QuerySet[Office], kind: str) -> str:
    names = list(rows.values_list("name", flat=True)[: NAMED + 1])
    if not names:
        return ""
    if len(names) > NAMED:
        return f"{fa_digits(rows.count())} {kind}"
    if len(names) == 1:
        return f"{kind} {names[0]}"
    return f"{kind}‌های {'، '.join(names[:-1])} و {names[-1]}"
