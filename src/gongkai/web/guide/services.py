"""Writing the guides: keeping their parts, bringing them into the catalogue as an entry, choosing what leads a topic."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from gongkai.proactive.guide import ALWAYS, CHANNELS, FIELDS, missing, text_of
from gongkai.proactive.procedure import Act
from gongkai.web.audit.services import Audit
from gongkai.web.changes.services import touch
from gongkai.web.facts import Refused
from gongkai.web.guide.models import Guide, GuideText, TopicLead
from gongkai.web.guide.selectors import COLUMN, entry_of, guide_of
from gongkai.web.organs.models import Organ
from gongkai.web.proactive.models import Item, Version
from gongkai.web.proactive.selectors.entries import topic_names
from gongkai.web.proactive.selectors.facts import newest_version, possible
from gongkai.web.proactive.services import drafting
from gongkai.web.proactive.services.drafting import Content

LONGEST = {True: 3000, False: 200}
THEME = "02/政务公开"
RENEWED = "指南更新"
ITEM = "otherwise_required"
"""Art. 20 (15): what other provisions, here art. 12, want published."""


def keep_guide(*, audit: Audit, organ: Organ, values: Mapping[str, str], channels: Mapping[str, str]) -> Guide:
    """Keep the parts of a guide, complete or not. The row before when nothing changed; Refused for what is too long."""
    said = {field.key: values.get(field.key, "").strip() for field in FIELDS}
    for field in FIELDS:
        if len(said[field.key]) > LONGEST[field.long]:
            raise Refused(f"“{field.zh}”最多{LONGEST[field.long]}字。")
    ways = {key: channels[key].strip() for key in CHANNELS if key in channels}
    ways |= {key: "" for key in ALWAYS if key not in ways}
    if any(len(words) > LONGEST[False] for words in ways.values()):
        raise Refused(f"渠道的说明每项最多{LONGEST[False]}字。")
    bare = [CHANNELS[key] for key, words in ways.items() if key not in ALWAYS and not words]
    if bare:
        raise Refused(f"开通了“{bare[0]}”，请写明怎样使用（地址、号码或者网址）。")
    with transaction.atomic():
        last = guide_of(organ)
        if last is not None and (last.values, last.channels) == (said, ways):
            return last
        row = Guide.objects.create(
            county=audit.county,
            organ=organ,
            number=last.number + 1 if last else 1,
            values=said,
            channels=ways,
            by=audit.actor,
        )
        audit.record("guide.keep", row, {"organ": str(organ.pk), "number": row.number})
    return row


def bring_in(*, audit: Audit, organ: Organ) -> Item:
    """Bring the guide as it was left last into the catalogue: a first entry, or a further version of the one there is.

    From there it passes every stage like any entry. Refused while parts are missing, while the version before is still
    on its way, and when nothing has changed.
    """
    guide = guide_of(organ)
    if guide is None:
        raise Refused("还没有填写指南。")
    if lacks := missing(guide.values):
        raise Refused(f"指南还缺“{'”“'.join(field.zh for field in lacks)}”，补齐后才能送入目录；确实没有的请填“无”。")
    if GuideText.objects.filter(guide=guide).exists():
        raise Refused("指南没有新的改动，已经在目录条目中。")
    today = timezone.localdate()
    content = Content(
        kind="general",
        title=f"{organ.name}政府信息公开指南",
        formed_on=today,
        metadata={
            "theme": THEME,
            "issuing_organ": organ.name,
            "written_on": today.isoformat(),
            "items": [ITEM],
            "columns": [COLUMN],
            "summary": "政府信息的分类、编排体系、获取方式和政府信息公开工作机构的联系方式",
        },
        mode="proactive",
        body=text_of(guide.values, guide.channels),
    )
    with transaction.atomic():
        item = entry_of(organ)
        version = _first(audit, organ, content) if item is None else _further(audit, item, content)
        GuideText.objects.create(county=audit.county, guide=guide, item=version.item, version=version, by=audit.actor)
        audit.record("guide.bring_in", version, {"organ": str(organ.pk), "guide": str(guide.pk)})
    return version.item


def _first(audit: Audit, organ: Organ, content: Content) -> Version:
    made = newest_version(drafting.draft(audit=audit, organ=organ, content=content))
    assert made is not None
    return made


def _further(audit: Audit, item: Item, content: Content) -> Version:
    correct = possible(item, Act.CORRECT, reason=RENEWED)
    if correct.allowed:
        drafting.correct(audit=audit, item=item, reason=RENEWED)
    elif not possible(item, Act.EDIT).allowed:
        raise Refused("上一次送入的指南还在审查或者等待发布，请办完后再送入。")
    return drafting.edit(audit=audit, item=item, content=content)


def lead_topic(*, audit: Audit, topic: str, item: Item | None) -> TopicLead:
    """Choose the entry that leads a topic in, or none. It is shown only while it is public itself.

    Refused for a topic that the county does not have and an entry of another county.
    """
    if topic not in topic_names(audit.county):
        raise Refused("没有这个专题。")
    if item is not None and item.county != audit.county:
        raise Refused("没有这一条目。")
    with transaction.atomic():
        row = TopicLead.objects.create(county=audit.county, topic=topic, item=item, by=audit.actor)
        audit.record("guide.lead_topic", row, {"topic": topic, "item": str(item.pk) if item else None})
        touch(county=audit.county)
    return row
