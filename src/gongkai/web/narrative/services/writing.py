"""Saving the words of a part, and joining two people's work. What was saved over an older version stays beside the newer."""

from __future__ import annotations

import hashlib
import uuid

from django.db import transaction

from gongkai.annual.forms import edition_for
from gongkai.annual.narrative.facts import SECTIONS
from gongkai.annual.report import OWN, SCOPES
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.narrative.models import Text
from gongkai.web.narrative.selectors.versions import Line, line_of
from gongkai.web.organs.models import Organ

MOST = 20_000
"""How many characters one part may have; the longest that were met have a third of it."""
_GONE = "这一稿的底稿没有找到，请打开页面重新保存。您写的内容还在下面。"


def _clean(words: str) -> str:
    found = words.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if "\x00" in found:
        raise Refused("文字中有不能保存的控制字符，请重新粘贴为纯文本。")
    if len(found) > MOST:
        raise Refused(f"这一部分最多{MOST}字，现有{len(found)}字。")
    return found


def _opened(audit: Audit, organ: Organ, year: int, section: str, scope: str) -> Line:
    """The versions of a part, while nobody else can add one. Refused for no part and a year without a form."""
    if section not in SECTIONS or scope not in SCOPES:
        raise Refused("没有这一部分。")
    if edition_for(year) is None:
        raise Refused(f"没有{year}年度的年度报告格式。")
    if organ.county != audit.county:
        raise Refused("没有这个机关。")
    Organ.objects.select_for_update().get(pk=organ.pk)
    return line_of(organ, year, section, scope)


def _keep(audit: Audit, line: Line, words: str, base: Text | None, joins: Text | None = None) -> Text:
    row = Text.objects.create(
        county=audit.county,
        organ=line.organ,
        year=line.year,
        scope=line.scope,
        section=line.section,
        number=len(line.versions) + 1,
        base=base,
        joins=joins,
        words=words,
        by=audit.actor,
    )
    facts = {
        "organ": str(line.organ.pk),
        "year": line.year,
        "scope": line.scope,
        "section": line.section,
        "number": row.number,
        "base": str(base.pk) if base else "",
        "sha256": hashlib.sha256(words.encode()).hexdigest(),
    }
    if joins:
        audit.record("narrative.join", row, {**facts, "joins": str(joins.pk)})
    else:
        audit.record("narrative.save", row, facts)
    return row


def save(
    *, audit: Audit, organ: Organ, year: int, section: str, words: str, base: uuid.UUID | None, scope: str = OWN
) -> Text:
    """Keep the words of a part, written over the version `base`; the version that holds them now.

    Saved over an older version they are kept beside the newer one, never lost and never in its place. The same words
    once more are no new version.
    """
    kept = _clean(words)
    with transaction.atomic():
        line = _opened(audit, organ, year, section, scope)
        under = line.version(base)
        if base is not None and under is None:
            raise Refused(_GONE)
        same = [each for each in (under, *line.over(under), *line.heads) if each and each.words == kept]
        if same:
            return same[0]
        if under is None and not kept:
            raise Refused("还没有写内容，没有保存。")
        return _keep(audit, line, kept, under)


def join(
    *,
    audit: Audit,
    organ: Organ,
    year: int,
    section: str,
    words: str,
    one: uuid.UUID,
    other: uuid.UUID,
    scope: str = OWN,
) -> Text:
    """Bring two versions that stand beside each other together in these words.

    Refused when one of them was meanwhile taken on by somebody: the newer one is then to be looked at first.
    """
    kept = _clean(words)
    with transaction.atomic():
        line = _opened(audit, organ, year, section, scope)
        first, second = line.version(one), line.version(other)
        if first is None or second is None or first.pk == second.pk:
            raise Refused("没有找到要合并的两稿，请打开页面重新选择。")
        done = [each for each in line.over(first) if each.joins_id == second.pk and each.words == kept]
        if done:
            return done[0]
        if first not in line.heads or second not in line.heads:
            raise Refused("其中一稿已经有人接着改了，没有合并。请看过新的一稿再合并，您写的内容还在下面。")
        return _keep(audit, line, kept, first, second)
