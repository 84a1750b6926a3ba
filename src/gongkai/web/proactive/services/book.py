"""Acts on many entries in memory, under the guards of the procedure, written all at once."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.proactive.guards import INTERPRETATION, POLICY, Companion, Facts
from gongkai.proactive.numbers import code_fault
from gongkai.proactive.procedure import ACTS, Act, at_moment, may, step
from gongkai.proactive.progress import Progress, State
from gongkai.proactive.stages import Plan, Stage
from gongkai.web.audit.models import Entry as AuditEntry
from gongkai.web.audit.services import Audit
from gongkai.web.changes.services import Change, await_moment, put_many, touch
from gongkai.web.facts import Fact, Refused
from gongkai.web.memo import page_memory
from gongkai.web.organs.models import Organ
from gongkai.web.people.models import Person
from gongkai.web.people.selectors import holding
from gongkai.web.proactive import models
from gongkai.web.proactive.models import Attachment, IndexNumber, Item, ItemAct, Link, Release, Standing, Version
from gongkai.web.proactive.selectors.facts import companions, index_code, lacks_of, words_to_check
from gongkai.web.proactive.selectors.public import fresh_until
from gongkai.web.proactive.services import numbers
from gongkai.web.proactive.services.drafting import Content, made_version
from gongkai.web.proactive.services.drafting import said_of as said_of_version
from gongkai.web.proactive.services.facts import (
    Overtaken,
    changes_of,
    copy_to,
    hands_of,
    made_act,
    said_of,
    shelf_rows,
    write_window,
)
from gongkai.web.proactive.services.held import Held, read
from gongkai.web.proactive.services.release import end_of
from gongkai.web.proactive.services.review import excuse, with_other_names
from gongkai.web.proactive.services.searching import keep_found
from gongkai.web.review.models import CheckRun, HintDecision
from gongkai.web.review.policies import exception_at, stands_in_for
from gongkai.web.review.selectors import GRAVE, plan_for
from gongkai.web.review.services import made_runs

ROWS = 500


class Book:
    """The entries of one batch. Nothing stands in the database before `write`."""

    def __init__(self) -> None:
        self.held: dict[uuid.UUID, Held] = {}
        self.fresh: list[Item] = []
        self.versions: list[Version] = []
        self.files: list[Attachment] = []
        self.runs: list[CheckRun] = []
        self.decisions: list[HintDecision] = []
        self.acts: list[ItemAct] = []
        self.links: list[Link] = []
        self.new_numbers: dict[uuid.UUID, IndexNumber] = {}
        self.told: list[tuple[uuid.UUID, Change]] = []
        self.log: list[Callable[[], AuditEntry]] = []
        self._deputies: set[uuid.UUID] | None = None
        self._stead: dict[Any, Person | None] = {}
        self._excused: dict[uuid.UUID, str] = {}

    # ── what is there already ────────────────────────────────────────────────────────────────────────────────────────

    def load(self, items: Iterable[Item]) -> None:
        """Read entries, and hold them until the caller's transaction ends."""
        self.held |= read([item.pk for item in items if item.pk not in self.held])

    def check_seen(self, item: Item, seen: int | None) -> None:
        """Overtaken when someone acted on the entry since this person looked at it."""
        if seen is not None and self.held[item.pk].standing.revision != seen:
            raise Overtaken("这一条目刚刚有人改过或者办理过。请核对最新内容后再办。")

    def title(self, item: Item) -> str:
        """What the entry is called."""
        return self.held[item.pk].version.title

    def progress(self, item: Item, at: datetime) -> Progress:
        """How far an entry has come in the book."""
        return at_moment(self.held[item.pk].progress, at)

    # ── acts ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def draft(
        self, audit: Audit, organ: Organ, content: Content, at: datetime, once: str, *, origin: str = "desk"
    ) -> Item:
        """Begin an entry with its first version."""
        item = Item(county=audit.county, recorded_at=at, organ=organ, origin=origin, once=once, by=audit.actor)
        with transaction.atomic():  # the bytes of its files are kept now; without the entry nothing speaks of them
            version, files = made_version(audit, item, content, number=1)
        version.recorded_at = at
        standing = Standing(item=item, county=item.county, organ_id=item.organ_id, drafter=item.by)
        held = Held(item, version, standing, files=files)
        self.held[item.pk] = held
        self.fresh.append(item)
        self.versions.append(version)
        self.files += files
        self.say(audit, "proactive.begin", item, {"organ": str(organ.pk), "origin": origin})
        self.say(audit, "proactive.write_version", version, said_of_version(version))
        self._do(audit, held, Act.EDIT, at, hands=hands_of(audit))
        return item

    def link(self, audit: Audit, item: Item, other: Item, kind: str, at: datetime) -> None:
        """Say that two entries of the book belong together."""
        row = Link(county=item.county, item=item, other=other, kind=kind, on=timezone.localdate(at), by=audit.actor)
        self.links.append(row)
        self.say(audit, "proactive.link", row, {"kind": kind, "other": str(other.pk)})
        if kind == "interprets":
            self.held[item.pk].links.append((other.pk, POLICY))
            self.held[other.pk].links.append((item.pk, INTERPRETATION))

    def submit(self, audit: Audit, item: Item, at: datetime, *, urgent: bool = False, reason: str = "") -> None:
        """Send an entry in for review, with its drafted companions. They are checked by `check`, all at once."""
        if urgent and not reason.strip():
            raise Refused("走紧急程序的，请写明原因。各审查环节一个不少。")
        together = [self.held[item.pk]]
        for other, _ in together[0].links:
            if other in self.held and self.held[other].progress.state in (State.DRAFT, State.RETURNED):
                together.append(self.held[other])
        for held in together:
            allowed = may(self._facts(held, at, actor=hands_of(audit)), Act.SUBMIT)
            if not allowed.allowed:
                raise Refused(f"《{held.version.title}》：{allowed.reason}")
            plan = plan_for(held.item.county, held.item.organ_id, held.version.kind, timezone.localdate(at))
            self._do(
                audit,
                held,
                Act.SUBMIT,
                at,
                plan=plan.to_json(),
                urgent=urgent,
                lacking=bool(allowed.returned),
                reason=allowed.returned or reason,
                hands=hands_of(audit),
            )

    def check(self, audits: Mapping[uuid.UUID, Audit]) -> None:
        """Check the words and files of what was drafted here and sent in; each by who is named for the entry."""
        waiting = [self.held[item.pk] for item in self.fresh if not self.held[item.pk].checked]
        waiting = [held for held in waiting if held.item.pk in audits and held.seq > 1]
        asked = [
            (audits[held.item.pk], held.version.pk, words_to_check(held.version, held.files), held.files)
            for held in waiting
        ]
        for held, runs in zip(waiting, made_runs(asked), strict=True):
            self.runs += runs
            for run in runs:
                said = {"subject": str(run.subject), "hits": len(run.hits), "failed": bool(run.failed)}
                self.say(audits[held.item.pk], "review.check", run, said)
            held.looked = {run.file for run in runs}
            grave = sum(hit["grade"] in GRAVE for run in runs for hit in run.hits)
            held.open_hints = grave + sum(bool(run.failed) for run in runs)

    def pass_stage(self, audit: Audit, item: Item, at: datetime, *, opinion: str = "") -> None:
        """Pass the stage that an entry waits for."""
        held = self.held[item.pk]
        then = at_moment(held.progress, at)
        stage = then.next_stage
        if stage is None or then.plan is None:
            raise Refused("这一条目不在审查之中。")
        stead = self._stands_in_for(audit, item, stage, then.plan)
        hands = with_other_names(hands_of(audit) | ({str(stead.pk)} if stead else set()), then.hands)
        excused = excuse(item, then, hands, stead, self._excuse)
        self._perform(
            audit,
            held,
            Act.PASS,
            at,
            hands=hands,
            reason=opinion,
            stage=stage.value,
            exception=excused,
            in_stead_of=stead.pk if stead else None,
        )

    def send_back(self, audit: Audit, item: Item, at: datetime, reason: str) -> None:
        """Give an entry back to who drafts it."""
        held = self.held[item.pk]
        stage = at_moment(held.progress, at).next_stage
        self._perform(audit, held, Act.RETURN, at, reason=reason, stage=stage.value if stage else "")

    def keep(self, audit: Audit, item: Item, at: datetime) -> None:
        """File an entry whose decided mode is another than proactive."""
        self._perform(audit, self.held[item.pk], Act.KEEP, at)

    def withdraw(self, audit: Audit, item: Item, at: datetime, reason: str) -> None:
        """Take an entry back."""
        self._perform(audit, self.held[item.pk], Act.WITHDRAW, at, reason=reason)

    def release(self, audit: Audit, item: Item, at: datetime, *, from_at: datetime | None = None) -> None:
        """Release the approved version of an entry, with its approved companions."""
        first = self.held[item.pk]
        missing = [Item(pk=other) for other, _ in first.links if other not in self.held]
        if missing:
            self.load(missing)
        together = [first]
        together += [
            self.held[o] for o, _ in first.links if at_moment(self.held[o].progress, at).state is State.APPROVED
        ]
        begins = from_at or at
        for held in together:
            self._allowed(audit, held, Act.RELEASE, at, from_at=begins, until_at=_until(held))
            if wrong := code_fault(index_code(held.item, at).replace("-", "")):
                raise Refused(wrong)
        for held in together:
            self._release(audit, held, at, begins)

    def _release(self, audit: Audit, held: Held, at: datetime, begins: datetime) -> None:
        if not held.number and held.item.pk not in self.new_numbers:
            code = index_code(held.item, at).replace("-", "")
            row = IndexNumber(
                county=held.item.county,
                item=held.item,
                code=code,
                year=timezone.localdate(begins).year,
                given="system",
                by=audit.actor,
            )
            self.new_numbers[held.item.pk] = row
            self.log.append(lambda: audit.made("proactive.give_number", row, {"text": row.text, "given": row.given}))
        self._do(audit, held, Act.RELEASE, at, from_at=begins, until_at=_until(held), hands=hands_of(audit))

    def note_time(self, audit: Audit, item: Item, at: datetime) -> None:
        """Note what time did to an entry by a moment."""
        held = self.held[item.pk]
        state = at_moment(held.progress, at).state
        if state is State.EXPIRED and held.progress.state is not State.EXPIRED:
            self._do(audit, held, Act.EXPIRE, at)
        else:
            self._renew(held, at)

    # ── how an act is done ───────────────────────────────────────────────────────────────────────────────────────────

    def _stands_in_for(self, audit: Audit, item: Item, stage: Stage, plan: Plan) -> Person | None:
        if self._deputies is None:
            deputies = holding(timezone.localdate()).filter(deputy_of__isnull=False)
            self._deputies = set(deputies.values_list("person", flat=True))
        if audit.actor not in self._deputies:
            return None
        asked = (audit.actor, item.organ_id, stage, json.dumps(plan.to_json()))
        if asked not in self._stead:
            self._stead[asked] = stands_in_for(audit.actor, item.organ_id, stage, plan)
        return self._stead[asked]

    def _excuse(self, organ: uuid.UUID) -> str:
        if organ not in self._excused:
            self._excused[organ] = exception_at(organ)
        return self._excused[organ]

    def say(self, audit: Audit, act: str, about: Fact, said: Mapping[str, Any]) -> None:
        """Leave the audit row of an act, once it is written."""
        self.log.append(lambda: audit.made(act, about, said))

    def _facts(self, held: Held, at: datetime, **more: Any) -> Facts:
        return Facts(
            events=tuple(held.events),
            now=at,
            kind=held.version.kind,
            choice=held.version.choice,
            lacks=lacks_of(held.version, held.files),
            checked=held.checked,
            open_hints=held.open_hints,
            companions=tuple(self._companions(held, at)),
            waived=str(held.version.metadata.get("no_interpretation", "")),
            public_until=held.version.public_until,
            index_code=index_code(held.item, at),
            exception=self._excuse(held.item.organ_id),
            **more,
        )

    def _companions(self, held: Held, at: datetime) -> Iterable[Companion]:
        outside = {other for other, _ in held.links if other not in self.held}
        found = {o.pk: said for o, said in companions(held.item, at)} if outside else {}
        for other, role in held.links:
            if other in outside:
                if other in found:
                    yield found[other]
                continue
            there = self.held[other]
            then = at_moment(there.progress, at)
            yield Companion(there.version.title, role, then.state, then.public(at) is not None)

    def _allowed(self, audit: Audit, held: Held, act: Act, at: datetime, **more: Any) -> None:
        hands = more.pop("hands", None) or hands_of(audit)
        allowed = may(self._facts(held, at, actor=hands, **more), act, at_moment(held.progress, at))
        if not allowed.allowed:
            raise Refused(allowed.reason)

    def _perform(self, audit: Audit, held: Held, act: Act, at: datetime, reason: str = "", **columns: Any) -> None:
        hands = columns.pop("hands", None) or hands_of(audit)
        self._allowed(audit, held, act, at, reason=reason, hands=hands)
        self._do(audit, held, act, at, reason=reason, hands=hands, **columns)

    def _do(self, audit: Audit, held: Held, act: Act, at: datetime, **columns: Any) -> None:
        row = made_act(audit, held.item, act, at, seq=held.seq + 1, version=held.version, **columns)
        self.acts.append(row)
        self.say(audit, f"proactive.{ACTS[act].event}", row, said_of(row))
        held.seq = row.seq
        event = row.event()
        held.events.append(event)
        held.progress = step(held.progress, event)
        if row.kind == "released":
            edition = len(held.released) + 1
            release = Release(
                pk=row.pk, county=held.item.county, item=held.item, organ_id=held.item.organ_id, edition=edition
            )
            held.released.append((row, release))
        self._renew(held, at)

    def _renew(self, held: Held, at: datetime) -> None:
        held.last_at = at
        held.standing.revision += 1
        then = at_moment(held.progress, at)
        for (act, row), window in zip(held.released, then.windows, strict=True):
            old, before = row.phase, (row.from_at, row.until_at, row.withdrawn_at)
            assert act.version is not None
            write_window(row, window, act, act.version, at)
            if row.phase != old or before != (row.from_at, row.until_at, row.withdrawn_at):
                held.moved[row.pk] = row
            if row.phase != old:
                self.told += [(row.county, change) for change in changes_of(row, old)]

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def write(self) -> None:
        """Write everything that was done, in one transaction."""
        with transaction.atomic(), page_memory():
            self._number()
            for rows in (self.fresh, self.versions, self.files, self.runs, self.decisions, self.links):
                _create(rows)
            _create(self.acts)
            _create([made() for made in self.log])
            done = [held for held in self.held.values() if held.last_at is not None]
            fresh = [held.standing for held in done if held.standing._state.adding]
            kept = [held.standing for held in done if not held.standing._state.adding]
            for held in done:
                assert held.last_at is not None
                then = at_moment(held.progress, held.last_at)
                copy_to(held.standing, held.item, held.version, then, held.last_at, held.number)
                held.standing.changed_at = held.last_at
            _create(fresh)
            for standing in kept:
                standing.save()
            self._publish(done)
            for link in self.links:
                touch(county=link.county)
        self.__init__()  # type: ignore[misc]

    def _number(self) -> None:
        """Give the new index numbers, one by one under the locks of their counters."""
        given = numbers.give_many(list(self.new_numbers.values()))
        _create(given)
        for row in given:
            self.held[row.item_id].number = row.text

    def _publish(self, done: Sequence[Held]) -> None:
        moved = [row for held in done for row in held.moved.values()]
        if not moved:
            return
        fresh = [row for row in moved if row._state.adding]
        for held in done:
            for row in held.moved.values():
                row.index_number = held.number
        _create(fresh)
        models.Shelf.objects.bulk_create([s for row in fresh for s in shelf_rows(row, row.version)], batch_size=ROWS)
        known = {row.pk for row in fresh}
        for row in moved:
            if row.pk not in known:
                row.save()
        now = timezone.now()
        keep_found(moved, now)
        for county in {row.county for row in moved}:
            put_many(county=county, changes=[change for of, change in self.told if of == county])
            await_moment(county=county, next_at=fresh_until(county, now))


def _until(held: Held) -> datetime | None:
    return end_of(held.version.public_until) if held.version.public_until else None


def _create(rows: Sequence[Any]) -> None:
    """Insert rows of one table."""
    if rows:
        type(rows[0]).objects.bulk_create(rows, batch_size=ROWS)
