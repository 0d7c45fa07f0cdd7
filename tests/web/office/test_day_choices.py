from datetime import date

from nobat.web.office.day_choices import day_choices

TODAY = date(2026, 5, 2)


def test_days_have_their_jalali_names_and_today_says_so():
    choices = day_choices(TODAY, today=TODAY)

    assert choices[0] == ("2026-05-02", "امروز، شنبه ۱۲ اردیبهشت")
    assert choices[1] == ("2026-05-03", "یکشنبه ۱۳ اردیبهشت")


def test_they_reach_sixty_days_ahead():
    assert day_choices(TODAY, today=TODAY)[-1][0] == "2026-07-01"
