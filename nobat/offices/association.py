"""Who works for the association, and which part of the country is theirs."""

from django.db.models import QuerySet

from nobat.offices.models import AssociationMember, County, Office, OfficeQuerySet, Province
from nobat.people.mobile import mobile_number
from nobat.people.models import Person
from nobat.shared.rules import RuleBroken


class NotOfTheAssociation(RuleBroken):
    status = 403
    message = "این شماره از کانون نیست. با شمارهٔ یکی از کارکنان کانون دوباره امتحان کنید."


def association_member(mobile: str) -> Person:
    """The member with that mobile, typed in any way. Raises NotAMobile, NotOfTheAssociation."""
    members = Person.objects.filter(association_member__isnull=False)
    member = members.filter(mobile=mobile_number(mobile)).first()
    if member is None:
        raise NotOfTheAssociation
    return member


def offices_of(member: AssociationMember) -> OfficeQuerySet:
    """The offices that this member may see: every page asks for no others."""
    offices = Office.objects.all()
    return offices.filter(county__province=member.province_id) if member.province_id else offices


def counties_of(member: AssociationMember) -> QuerySet[County]:
    counties = County.objects.all()
    return counties.filter(province=member.province_id) if member.province_id else counties


def provinces_of(member: AssociationMember) -> QuerySet[Province]:
    provinces = Province.objects.all()
    return provinces.filter(pk=member.province_id) if member.province_id else provinces
