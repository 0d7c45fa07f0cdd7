"""Which tables belong to a page of figures."""

from nobat.web.association.figure_tables import (
    Column,
    Table,
    table_of_causes,
    table_of_messages,
    table_of_parts,
    table_of_services,
    table_of_time,
)
from nobat.web.association.figures_of import FiguresOf

# A part of the country: how its own parts are called, all of them and each.
COUNTRY, PROVINCE, COUNTY = ("استان‌ها", "استان"), ("شهرستان‌ها", "شهرستان"), ("دفترها", "نام دفتر")


def tables_of(figures: FiguresOf, columns: list[Column]) -> list[Table]:
    """Parts, months, weeks, services, causes and SMS: those that have a row."""
    part, month = figures.asked.part, figures.asked.month.title
    title, head = COUNTY if part.county else PROVINCE if part.province else COUNTRY
    tables = [
        table_of_parts(title, head, figures.parts, columns, figures.address_of),
        table_of_time("months", "ماه به ماه", "ماه", figures.months, columns),
        table_of_time("weeks", f"هفته‌های {month}", "هفته از", figures.weeks, columns),
        table_of_services(figures.services),
        table_of_causes(figures.causes if figures.now.fallen else {}),
        table_of_messages(figures.messages or {}),
    ]
    return [table for table in tables if table.rows]
