"""Every office, open or not, as the association looks for it."""

from dataclasses import dataclass

from nobat.offices.association import offices_of
from nobat.offices.find import OfficeSearch, fits_words
from nobat.offices.models import AssociationMember, OfficeQuerySet


@dataclass(frozen=True, kw_only=True)
class RegisterSearch:
    """Whatever is empty does not narrow the search."""

    words: str = ""  # of the name or the manager, or a code
    province: str = ""  # code
    county: str = ""  # code
    status: str = ""


def find_in_register(member: AssociationMember, search: RegisterSearch) -> OfficeQuerySet:
    """Those this member may see, by province, county and name; each with its county."""
    offices = offices_of(member).select_related("county__province")
    if search.words:
        by_name, by_manager = OfficeSearch(name=search.words), OfficeSearch(manager=search.words)
        offices = offices.filter(fits_words(by_name) | fits_words(by_manager))
    if search.province:
        offices = offices.filter(county__province=search.province)
    if search.county:
        offices = offices.filter(county__code=search.county)
    if search.status:
        offices = offices.filter(status=search.status)
    return offices.order_by("county__province__position", "county__position", "name_key", "code")
