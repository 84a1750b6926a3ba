"""A case for those who may look at it and not at personal data: its words with the applicant written over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gongkai.text.personal import masked
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Application
from gongkai.web.onrequest.selectors.casepage import CasePage
from gongkai.web.onrequest.selectors.facts import applicant_of


def hiding(application: Application) -> Callable[[str], str]:
    """What writes over the applicant of a case, and whatever looks like personal data, in any words about it."""
    told = personal.revealed(applicant_of(application), "name", "agent", "address", "identity", "phone", "email")
    gone = sorted((said for said in told.values() if len(said) > 1), key=len, reverse=True)

    def hide(words: str) -> str:
        for said in gone:
            words = words.replace(said, "申请人" if said == told["name"] else "＊＊＊")
        return masked(words)

    return hide


def without_personal(page: CasePage) -> CasePage:
    """The page of a case with what people wrote hidden where it names the applicant; of files only their purpose."""
    hide = hiding(page.application)
    return replace(
        page,
        content=hide(page.content),
        story=[replace(moment, words=tuple(map(hide, moment.words))) for moment in page.story],
        attachments=[(row, row.get_role_display()) for row, _ in page.attachments],
    )
