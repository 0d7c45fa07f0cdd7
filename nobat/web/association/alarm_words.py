"""What each alarm about messages wants somebody to do, in words."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from nobat.sms.models import Alarm, Trouble

WHAT_TO_DO = {
    Trouble.NO_CREDIT: (
        "حساب این درگاه را همین حالا شارژ کنید. تا آن وقت پیامک‌ها از درگاه دیگر می‌رود؛ اگر درگاه "
        "دیگری نباشد، هیچ کدی به کسی نمی‌رسد."
    ),
    Trouble.LOW_CREDIT: "حساب این درگاه را پیش از پایان روز کاری شارژ کنید.",
    Trouble.REFUSED: (
        "کلید، نشانی سرور، خط یا قرارداد را با پشتیبانی درگاه بررسی کنید. پس از درست شدن، "
        "خودش تا پنج دقیقه دیگر به کار برمی‌گردد."
    ),
    Trouble.DOWN: (
        "اگر بیش از نیم ساعت ماند، با پشتیبانی درگاه تماس بگیرید و شبکهٔ سرور را ببینید. "
        "پیامک‌ها در صف می‌مانند و چیزی گم نمی‌شود."
    ),
    Trouble.TEMPLATE: (
        "الگوی کد را در صفحهٔ کاربری درگاه بسازید یا تایید آن را پیگیری کنید. تا آن وقت کدها با "
        "خط معمولی می‌رود و به شماره‌هایی که پیامک تبلیغاتی را بسته‌اند شاید نرسد."
    ),
    Trouble.BUDGET_NEAR: (
        "ببینید چه چیزی امروز بیش از همیشه پیامک فرستاده است. اگر درست است، از کارگاه سامانه "
        "بخواهید سقف روز را بالا ببرد."
    ),
    Trouble.BUDGET_SPENT: (
        "یادآوری‌ها تا فردا نمی‌رود و برای هر کد، کد امنیتی پرسیده می‌شود؛ خبر نوبت‌ها و تعطیلی‌ها "
        "می‌رود. علت را پیدا کنید، بعد از کارگاه سامانه بخواهید سقف روز را بالا ببرد."
    ),
    Trouble.DELIVERY_FELL: (
        "در فهرست پایین، پیامک‌های «نرسید» و «گیرنده بسته است» را ببینید. اگر از یک درگاه است، "
        "با پشتیبانی آن تماس بگیرید؛ شاید خط را اپراتور بسته باشد."
    ),
    Trouble.QUEUE_LATE: (
        "حال درگاه‌ها را در همین صفحه ببینید. اگر همه برقرارند، به کارگاه سامانه بگویید که "
        "فرستنده‌ها کار می‌کنند یا نه."
    ),
    Trouble.WRONG_CODES: (
        "شاید کسی کدها را حدس می‌زند. به کارگاه سامانه بگویید نشانی‌هایی را که کد نادرست "
        "می‌فرستند ببیند. هر کد پس از چند بار نادرست خودش باطل می‌شود."
    ),
    Trouble.SEAL_NOT_CARRIED: (
        "به کارگاه سامانه بگویید که سه ساعت است گواه بیرونی مهر دفتر رخدادها را نگرفته است. "
        "رخدادها مثل همیشه ثبت و مهر می‌شوند، ولی تا درست شدن آن کسی بیرون از سامانه گواه آن‌ها نیست."
    ),
}
GATEWAYS = {"demo": "تلفن نمایشی", "kavenegar": "کاوه‌نگار", "magfa": "مگفا"}


class AlarmWords(NamedTuple):
    title: str
    gateway: str
    since: datetime
    what_to_do: str


def in_words(alarms: Iterable[Alarm]) -> list[AlarmWords]:
    return [
        AlarmWords(
            alarm.get_trouble_display(),
            gateway_name(alarm.about),
            alarm.raised_at,
            WHAT_TO_DO[Trouble(alarm.trouble)],
        )
        for alarm in alarms
    ]


def gateway_name(name: str) -> str:
    """One that is not known here by the name that it has in the rows."""
    return GATEWAYS.get(name, name)
