"""What the catalogue, the guide, the reports and the patrol tell, as they were known at a moment."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import date

from django.db.models import Max
from django.utils import timezone

from gongkai.annual.january import DEPARTMENT, day_of_law
from gongkai.oversight import Answers, Counts, Unknown
from gongkai.proactive.guide import missing, stale
from gongkai.proactive.staleness import freshness
from gongkai.proactive.validity import Validity
from gongkai.proactive.validity import standing as validity_on
from gongkai.web.assessment.computing.base import Asked, Member, Reckoned, rate
from gongkai.web.collection.selectors.public import public_since
from gongkai.web.coverage.selectors.matrix import cells
from gongkai.web.guide.models import Guide, GuideText
from gongkai.web.guide.selectors import begins_with
from gongkai.web.patrol.models import Task
from gongkai.web.patrol.progress import standing as task_standing
from gongkai.web.patrol.services.tasks import events_of
from gongkai.web.proactive.models import ItemAct, Link, Shelf, Standing
from gongkai.web.proactive.selectors.columns import watched
from gongkai.web.proactive.selectors.documents import filed_documents
from gongkai.web.proactive.selectors.public import was_public


def published_in_time(asked: Asked) -> Reckoned:
    """Entries made public in the period that had a last day, and those of them that met it."""
    rows = Standing.objects.filter(organ__in=asked.organs, first_public_at__range=asked.span, due_on__isnull=False)
    found = []
    for row in rows.only("item_id", "organ_id", "title", "first_public_at", "due_on"):
        assert row.first_public_at is not None
        assert row.due_on is not None
        on = timezone.localdate(row.first_public_at)
        why = asked.told(row.organ_id, f"{on}公开，期限{row.due_on}")
        found.append(Member(row.title, on <= row.due_on, why, "entry", str(row.item_id)))
    return rate(found, "有期限的公开信息")


def documents_interpreted(asked: Asked) -> Reckoned:
    """Normative documents made public in the period, and those to which a public interpretation leads."""
    filed = filed_documents(asked.county, asked.organs, asked.known_at)
    mine = [each for each in filed if each.public_on and asked.first <= each.public_on <= asked.last]
    links = Link.objects.filter(
        kind="interprets", ends=None, recorded_at__lte=asked.known_at, other__in=[each.item for each in mine]
    ).exclude(ended_by__recorded_at__lte=asked.known_at)
    by_document: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for document, item in links.values_list("other_id", "item_id"):
        by_document[document].add(item)
    every = {item for items in by_document.values() for item in items}
    shown = set(was_public(asked.county, asked.known_at).filter(item__in=every).values_list("item_id", flat=True))
    found = []
    for each in mine:
        good = bool(by_document[each.item] & shown)
        why = asked.told(each.organ, "有解读" if good else "没有已公开的解读")
        found.append(Member(each.title, good, why, "entry", str(each.item)))
    return rate(found, "规范性文件")


def document_metadata(asked: Asked) -> Reckoned:
    """Normative documents that say whether they hold and when they were made."""
    found = []
    for each in filed_documents(asked.county, asked.organs, asked.known_at):
        lacking = ["成文日期"] if each.made_on is None else []
        if validity_on(each.life, asked.on).validity is Validity.UNKNOWN:
            lacking.append("有效性")
        why = f"没有标注{'、'.join(lacking)}" if lacking else "标注齐全"
        found.append(Member(each.title, not lacking, asked.told(each.organ, why), "entry", str(each.item)))
    return rate(found, "规范性文件")


def review_complete(asked: Asked) -> Reckoned:
    """Entries released in the period, and those with a record of every stage that was set for them."""
    released = ItemAct.objects.filter(
        item__organ__in=asked.organs, kind="released", from_at__range=asked.span, recorded_at__lte=asked.known_at
    )
    keys = dict(released.values_list("item_id", "item__organ_id"))
    found = []
    acts: dict[uuid.UUID, list[ItemAct]] = defaultdict(list)
    rows = ItemAct.objects.filter(item__organ__in=asked.organs, kind__in=("submitted", "passed", "released"))
    for act in rows.filter(recorded_at__lte=asked.known_at).select_related("version").order_by("item_id", "seq"):
        acts[act.item_id].append(act)
    for key, organ in keys.items():
        plan: list[str] = []
        passed: set[str] = set()
        title, lacking = "", ["送审记录"]
        for act in acts[key]:
            if act.kind == "submitted":
                plan, passed = list((act.plan or {}).get("stages", ())), set()
            elif act.kind == "passed":
                passed.add(act.stage)
            else:
                title = act.version.title if act.version else ""
                lacking = [stage for stage in plan if stage not in passed] if plan else ["送审记录"]
        why = "各环节都有记录" if not lacking else f"缺少{len(lacking)}个环节的记录"
        found.append(Member(title, not lacking, asked.told(organ, why), "entry", str(key)))
    return rate(sorted(found, key=lambda each: each.title), "发布的信息")


def guide_complete(asked: Asked) -> Reckoned:
    """Whether the guide has all its parts, is public, and says what is known of the organ."""
    guide = Guide.objects.filter(organ=asked.organ, recorded_at__lte=asked.known_at).order_by("-number").first()
    link = [Member("公开指南", good=False, why="没有填写", url_name="guide", key=str(asked.organ.pk))]
    if guide is None:
        return Reckoned(
            Answers({"complete": False, "public": False, "fresh": False}), tuple(link), "没有填写公开指南。"
        )
    lacking, old = missing(guide.values), stale(guide.values, begins_with(asked.organ))
    texts = GuideText.objects.filter(guide__organ=asked.organ, recorded_at__lte=asked.known_at)
    shown = was_public(asked.county, asked.known_at).filter(item__in=texts.values("item")).exists()
    key = str(asked.organ.pk)
    found = (
        Member("要素齐全", not lacking, f"缺少{len(lacking)}项" if lacking else "没有空缺", "guide", key),
        Member("已公开", shown, "已公开" if shown else "截止时没有公开", "guide", key),
        Member("与机关信息一致", not old, f"{len(old)}项不一致" if old else "一致", "guide", key),
    )
    return Reckoned(
        Answers({"complete": not lacking, "public": shown, "fresh": not old}), found, "按截止时的指南核对。"
    )


def stale_columns(asked: Asked) -> Reckoned:
    """The watched columns in which the organ publishes, and those that were past their interval."""
    names = watched(asked.county, asked.on)
    rows = Shelf.objects.filter(
        county=asked.county,
        facet="column",
        key__in=list(names),
        release__organ__in=asked.organs,
        from_at__lte=asked.known_at,
    )
    found = []
    for key, at in rows.values_list("key").annotate(Max("from_at")).order_by("key"):
        name, interval = names[key]
        fresh = freshness(interval, timezone.localdate(at), min(asked.on, asked.last))
        found.append(Member(name, not fresh.stale, fresh.says, "stale-columns"))
    late = sum(not each.good for each in found)
    said = f"有更新间隔的栏目{len(found)}个，超过间隔没有更新的{late}个。"
    return Reckoned(Counts({"stale": late}), tuple(sorted(found, key=lambda each: each.good)), said)


def catalogue_covered(asked: Asked) -> Reckoned:
    """The lines of the standard catalogue that the organ bears; only as they stand now: earlier days are not kept."""
    if (timezone.localdate() - asked.on).days > 1:
        return Reckoned(
            Unknown("标准目录只能按现状计算，截止时的情况没有留存"), (), "请在截止当日计算，或者由考核人评定。"
        )
    mine = [
        cell for cell in cells(asked.county, asked.on) if cell.organ is not None and cell.organ.pk == asked.organ.pk
    ]
    found = [
        Member(cell.row.content[:60], not cell.open, cell.stand, "coverage-line", f"{cell.row.key}|{asked.organ.pk}")
        for cell in mine
    ]
    return rate(found, "标准目录条目")


def patrol_tasks(asked: Asked) -> Reckoned:
    """What a patrol met in the period and fell to the organ, and what of it was put right by its day."""
    rows = Task.objects.filter(county=asked.county, first_on__range=(asked.first, min(asked.last, asked.on)))
    events = events_of(rows.values_list("pk", flat=True))
    found = []
    for task in rows:
        then = task_standing(event for event in events.get(task.pk, ()) if event.at <= asked.known_at)
        if then is None or then.organ not in asked.organs or then.state == "dismissed":
            continue
        if then.state != "done" and (then.due_on is None or then.due_on >= asked.on):
            continue
        good = then.state == "done" and not then.late
        why = f"期限{then.due_on}，{f'{then.closed_on}办结' if then.closed_on else '没有办结'}"
        found.append(Member(task.place or task.kind, good, asked.told(then.organ, why), "patrol-task", str(task.pk)))
    return rate(found, "到期的巡查问题")


def annual_report(asked: Asked) -> Reckoned:
    """Whether the report of the year before was published, and by the last of January where the law names that day.

    An organ that ended after that year had a report of its own, which is its successor's matter.
    """
    year = asked.last.year - 1
    every = public_since(asked.county, year, asked.known_at, asked.organs)
    ended = [each for each in asked.merged if each.valid_until and each.valid_until > date(year, 12, 31)]
    found: list[Member] = []
    says: list[str] = []
    days: list[bool | None] = []
    for organ, form in ((asked.organ, asked.form), *((each, each.form) for each in ended)):
        name = f"{year}年度报告" if organ == asked.organ else f"{organ.name}{year}年度报告"
        public = every.get(organ.pk)
        if public is None:
            why = "本系统没有公布记录；可能在其他网站公布，请核对"
            return Reckoned(Unknown(why), tuple(found), f"{name}：{why}。")
        on, limit = public.on, day_of_law(form, year)
        days.append(on <= limit if form == DEPARTMENT and limit else None)
        why = f"{on}在{public.said.place}公布（主管部门登记）" if public.said else f"{on}公布"
        why += "" if days[-1] is not None else "；这类机关的公布期限按本县规定，由考核人认定"
        opens = ("report", str(public.submission)) if public.submission else ("", "")
        found.append(Member(name, days[-1] is not False, why, *opens))
        says.append(f"{name}{why}")
    in_time = False if False in days else None if None in days else True
    return Reckoned(Answers({"published": True, "in_time": in_time}), tuple(found), f"{'；'.join(says)}。")
