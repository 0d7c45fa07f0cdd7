"""Those who work here, as far as somebody of the association may look at what they did."""

from django.db.models import Q, QuerySet

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.journal.record import name_of
from nobat.offices.association import offices_of
from nobat.offices.models import AssociationMember
from nobat.people.models import Person

SOMEBODY = ("", "هر کسی")


def staff_with_mobile(member: AssociationMember, mobile: str) -> Person | None:
    """Whoever works here, or did, under this mobile (E.164)."""
    person = Person.objects.filter(mobile=mobile).first()
    return person if person and _may_look_at(member, person) else None


def staff_choices(member: AssociationMember, chosen: str) -> list[tuple[str, str]]:
    """Those of the association by name; of the thousands at offices only who was found."""
    colleagues = _staff_of(member).filter(association_member__isnull=False)
    by_name = colleagues.order_by("last_name", "first_name", "pk")
    lines = [SOMEBODY, *((str(each.pk), each.full_name) for each in by_name)]
    if chosen not in dict(lines) and chosen.isascii() and chosen.isdigit():
        found = Person.objects.filter(pk=int(chosen[:18])).first()
        if found and _may_look_at(member, found):
            lines.append((chosen, found.full_name))
    return lines


def _staff_of(member: AssociationMember) -> QuerySet[Person]:
    """Of the whole country, or of the own province: its offices and its officers."""
    works_here = Q(memberships__isnull=False) | Q(association_member__isnull=False)
    if member.province_id:
        works_here = Q(memberships__office__in=offices_of(member)) | Q(
            association_member__province=member.province_id
        )
    return Person.objects.filter(works_here).distinct()


def _may_look_at(member: AssociationMember, person: Person) -> bool:
    return _staff_of(member).filter(pk=person.pk).exists() or _was_staff(member, person)


def _was_staff(member: AssociationMember, person: Person) -> bool:
    """The role is gone; what was done in it is still asked for."""
    added = JournalEntry.objects.filter(subject=name_of(person), act=Act.STAFF_ADDED)
    if member.province_id:
        codes = offices_of(member).values_list("code", flat=True)
        added = added.filter(details__office__in=list(codes))
    return added.exists()
