"""Web and worker start only with settings that `manage.py check --deploy` finds nothing in."""

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.core.exceptions import ImproperlyConfigured


def refuse_unsafe_start() -> None:
    """Raises ImproperlyConfigured with every warning that is not in ACCEPTED_WARNINGS.

    The demo may be as open as it likes: nobody's data is in it.
    """
    if settings.DEMO:
        return
    found = run_checks(include_deployment_checks=True)
    wrong = [each for each in found if each.level >= WARNING and not each.is_silenced()]
    if wrong:
        said = "\n".join(f"{each.id}: {each.msg} {each.hint or ''}".strip() for each in wrong)
        raise ImproperlyConfigured(
            f"{said}\nMend each of these, or name it in ACCEPTED_WARNINGS; see docs/settings.md."
        )
