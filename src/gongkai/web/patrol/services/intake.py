"""Bringing in a walk: checked line by line elsewhere, compared with the walk before, each hit one task."""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.patrol.kinds import KINDS
from gongkai.patrol.results import ABOUT_TARGET
from gongkai.text.personal import masked
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.patrol.models import Sighting, Task, Walk
from gongkai.web.patrol.selectors.settings import due_day, organ_for, reviewed_from, routes
from gongkai.web.patrol.selectors.unreviewed import without_record
from gongkai.web.patrol.services.tasks import follow

MOST_BYTES = 50 * 1024 * 1024
MOST_HITS = 20_000
MOST_MISSED = 500
_OF_WORDS = frozenset(("personal", "private", "secrecy_mark", "misspelt", "sensitive", "leader", "bad_words"))


@dataclass(frozen=True, slots=True)
class Seen:
    """What a walk says of one address."""

    url: str
    status: int | None
    error: str
    role: str
    item: bool
    title: str
    day: str


def bring_in(*, audit: Audit, data: bytes, own: bool = False) -> Walk:
    """Keep a result file as a walk, and let its hits become tasks. Refused with a sentence for whatever is no result."""
    if len(data) > MOST_BYTES:
        raise Refused(f"文件超过{MOST_BYTES // 1024 // 1024}MB，没有收下。请用 --limit 分几次巡查。")
    try:
        found, _ = pool().call("walkresult", data, seconds=settings.GONGKAI_READING_SECONDS)
    except WorkerFailed as error:
        raise Refused("这个文件没有读完，请核对它是不是巡查的结果文件。") from error
    if "error" in found:
        raise Refused(str(found["error"]))
    return _keep(audit, found, hashlib.sha256(data).hexdigest(), own)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _keep(audit: Audit, found: dict[str, Any], sha256: str, own: bool) -> Walk:
    header, summary = found["header"], found["summary"]
    started, finished = _moment(header["started_at"]), _moment(summary["finished_at"])
    if finished < started or started > timezone.now() + timedelta(days=1):
        raise Refused("结果文件里的巡查时间不对，请核对那台电脑的时钟。")
    if len(found["hits"]) > MOST_HITS:
        raise Refused(f"问题超过{MOST_HITS}处，没有收下。请缩小范围后再巡查。")
    try:
        return _kept(audit, found, sha256, own)
    except IntegrityError as error:
        raise Refused("另有一人正在导入同一网站的结果，请稍后刷新核对。") from error


def _kept(audit: Audit, found: dict[str, Any], sha256: str, own: bool) -> Walk:
    header, summary = found["header"], found["summary"]
    started, finished = _moment(header["started_at"]), _moment(summary["finished_at"])
    pages = [Seen(*page) for page in found["pages"]]
    root = "own" if own else min(header["starts"])[:300]
    with transaction.atomic():
        last = Walk.objects.filter(county=audit.county, root=root).first()
        if last is not None and last.sha256 == sha256:
            raise Refused("这个结果文件已经导入过。")
        if last is not None and last.started_at >= started:
            raise Refused(f"已经导入过更晚的一次巡查（{timezone.localtime(last.started_at):%Y-%m-%d %H:%M}开始）。")
        on = timezone.localtime(started).date()
        since = None if own else reviewed_from(audit.county, on)
        walk = Walk(
            county=audit.county, site=header["site"] or header["hosts"][0], root=root, started_at=started, finished_at=finished,
            ended=summary["ended"], version=header["version"], own=own, sha256=sha256, settings=header["settings"],
            counts=summary["counts"], columns=list(summary["columns"]), missed=_missed(pages), unreviewed_from=since,
            by=audit.actor,
        )  # fmt: skip
        hits = [hit for hit in found["hits"] if hit["kind"] in KINDS]
        hits += _unreviewed(audit.county, pages, since)
        walk.compared = {}
        outcome = _compare(audit, walk, last, hits, pages, on)
        walk.compared = dict(outcome.counted)
        walk.save(force_insert=True)
        Task.objects.bulk_create(outcome.new)
        Sighting.objects.bulk_create(outcome.sightings)
        follow({row.task_id for row in outcome.sightings})
        audit.record("patrol.bring_in", walk, {"sha256": sha256, "own": own, **walk.compared})
    return walk


def _missed(pages: Iterable[Seen]) -> list[list[str]]:
    return [[page.url, page.error] for page in pages if page.error or page.status is None][:MOST_MISSED]


def _unreviewed(county: uuid.UUID, pages: list[Seen], since: date | None) -> list[dict[str, str]]:
    """Items on line, dated on or after the day set, that no entry of ours stands for."""
    if since is None:
        return []
    dated = [p for p in pages if p.role == "page" and p.status == 200 and not p.error and p.title and p.day]
    items = [(p.url, p.title) for p in dated if p.day >= since.isoformat()]
    named = {p.url: p for p in dated}
    return [
        {"kind": "unreviewed", "url": url, "target": "", "place": "页面", "words": masked(named[url].title)[:80],
         "why": f"页面注明{named[url].day}发布，没有找到对应的目录条目。",
         "fingerprint": hashlib.sha256(f"unreviewed\x1f{url}".encode()).hexdigest()[:16]}
        for url in without_record(county, items)
    ]  # fmt: skip


@dataclass(slots=True)
class _Outcome:
    new: list[Task]
    sightings: list[Sighting]
    counted: Counter[str]


def _compare(
    audit: Audit, walk: Walk, last: Walk | None, hits: list[dict[str, str]], pages: list[Seen], on: date
) -> _Outcome:
    known = {task.fingerprint: task for task in Task.objects.filter(county=audit.county, root=walk.root)}
    ways = routes(audit.county, on)
    days = {kind: due_day(audit.county, kind, on) for kind in {hit["kind"] for hit in hits}}
    out, met = _Outcome([], [], Counter()), set()
    for hit in hits:
        mark = hit["fingerprint"]
        if mark in met:
            continue
        met.add(mark)
        task = known.get(mark)
        if task is None:
            task = Task(
                county=audit.county, root=walk.root, fingerprint=mark, kind=hit["kind"], url=hit["url"],
                target=hit["target"], first_on=on, met_on=on,
            )  # fmt: skip
            out.new.append(task)
            out.counted["new"] += 1
        else:
            out.counted["back" if task.state == "done" else "still"] += 1
        organ = organ_for(hit["url"], ways)
        out.sightings.append(
            Sighting(
                county=audit.county,
                walk=walk,
                task=task,
                outcome="met",
                due_on=days[hit["kind"]],
                organ=organ.pk if organ else None,
                place=hit["place"],
                words=masked(hit["words"]),
                why=masked(hit["why"]),
            )
        )
    looked = Looked(walk, last, {page.url: page for page in pages})
    for task in known.values():
        if task.fingerprint in met or task.state == "done":
            continue
        outcome = "gone" if looked.gone(task) else "unknown"
        out.counted[outcome] += 1
        out.sightings.append(Sighting(county=audit.county, walk=walk, task=task, outcome=outcome))
    return out


class Looked:
    """Whether a walk looked at the place of a task again, so that its silence means something."""

    def __init__(self, walk: Walk, last: Walk | None, pages: dict[str, Seen]) -> None:
        self._walk, self._last, self._pages = walk, last, pages

    def gone(self, task: Task) -> bool:
        """Whether a task that was not met is put right; False where that cannot be said."""
        if task.kind == "unreviewed":
            before = self._last.unreviewed_from if self._last else None
            same = self._walk.unreviewed_from is not None and self._walk.unreviewed_from == before
            return same and self._answered(task.url)
        if task.kind not in (self._walk.settings.get("checks") or ()):
            return False
        if task.kind in _OF_WORDS and self._last is not None and not self._same_words():
            return False
        if not self._answered(task.url):
            return False
        if task.kind in ABOUT_TARGET and task.target:
            target = self._pages.get(task.target)
            if target is not None:
                return self._answered(task.target)
            return self._walk.ended == "done"
        return True

    def _same_words(self) -> bool:
        assert self._last is not None
        return bool(self._walk.settings.get("words") == self._last.settings.get("words"))

    def _answered(self, url: str) -> bool:
        page = self._pages.get(url)
        return page is not None and not page.error and page.status is not None
