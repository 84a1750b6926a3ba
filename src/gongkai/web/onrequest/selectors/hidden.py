"""A case for those who may look at it and not at personal data: its words with the applicant written over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gongkai.web.onrequest.covered import covering
from gongkai.web.onrequest.models import Application
from gongkai.web.onrequest.selectors.casepage import CasePage


def hiding(application: Application) -> Callable[[str], str]:
    """What writes over everyone whom a case names, and whatever looks like personal data, in any words about it."""
    return covering(application)


def without_personal(page: CasePage) -> CasePage:
    """The page of a case with what people wrote hidden where it names the applicant; of files only their purpose."""
    hide = covering(page.application)
    return replace(
        page,
        content=hide(page.content),
        story=[replace(moment, words=tuple(map(hide, moment.words))) for moment in page.story],
        attachments=[(row, row.get_role_display()) for row, _ in page.attachments],
    )
