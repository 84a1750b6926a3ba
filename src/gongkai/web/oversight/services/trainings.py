"""Trainings: told of, attended, with a short test; all in rows that stay."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.web import personal
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import living_organs
from gongkai.web.oversight.models import Attendance, Paper, Sitting, Training
from gongkai.web.oversight.selectors.settings import pass_mark
from gongkai.web.oversight.selectors.trainings import paper as paper_of
from gongkai.web.oversight.selectors.trainings import training as training_with
from gongkai.web.oversight.services.evidence import Sent, keep
from gongkai.web.oversight.services.words import said
from gongkai.web.people.selectors import names_of
from gongkai.web.sealed import normalised

MOST_QUESTIONS = 50
MOST_NAMES = 300
MOST_CHOICES = 6


def keep_training(
    *,
    audit: Audit,
    host: Organ,
    title: str,
    on: date,
    place: str = "",
    topics: str = "",
    for_all: bool = False,
    cancelled: bool = False,
    stem: uuid.UUID | None = None,
) -> Training:
    """Write a training that was or will be held, or (`stem`) what is different about it."""
    with transaction.atomic():
        before = _locked(audit, stem) if stem else None
        if stem and before is None:
            raise Refused("没有这次培训，请刷新后核对。")
        undone = cancelled or on > timezone.localdate()
        if before and undone and Attendance.objects.filter(training=before.stem).exists():
            raise Refused("已经有人签到，不能取消，也不能改到今天以后。")
        key = new_key()
        row = Training.objects.create(
            id=key,
            county=audit.county,
            stem=stem or key,
            host=before.host if before else host,
            title=said(title, "培训名称", 120),
            on=on,
            place=said(place, "地点", 120, needed=False),
            topics=said(topics, "内容", 500, needed=False),
            for_all=for_all,
            cancelled=cancelled,
            by=audit.actor,
        )
        audit.record("oversight.keep_training", row, {"stem": str(row.stem), "cancelled": cancelled})
    return row


def _locked(audit: Audit, stem: uuid.UUID) -> Training | None:
    """The training as it is now, held inside the caller's transaction: of two who write of it the second waits."""
    Training.objects.select_for_update().filter(county=audit.county, pk=stem).first()
    return training_with(audit.county, stem)


def _held(training: Training | None) -> None:
    if training is None:
        raise Refused("没有这次培训，请刷新后核对。")
    if training.cancelled:
        raise Refused("这次培训已经取消。")
    if training.on > timezone.localdate():
        raise Refused(f"培训在{training.on:%Y年%-m月%-d日}举办，请到当天再签到或者登记。")


def sign(*, audit: Audit, training: Training, organ: Organ | None) -> Attendance:
    """A person of the system signs in for themselves. Refused when the sheet that went round has them already."""
    if organ is None:
        raise Refused("您没有所在的机关，不能签到。")
    try:
        with transaction.atomic():
            _held(_locked(audit, training.stem))
            name = names_of([audit.actor]).get(audit.actor, "")
            if normalised(name) in _on_paper(training, organ):
                raise Refused(
                    f"签到表上已经登记了{organ.name}的“{name}”，不需要再签。如果那是同名的另一人，"
                    "请举办单位在登记您时在姓名后加注，以示区别。"
                )
            row = Attendance.objects.create(
                county=audit.county, training=training.stem, organ=organ, person=audit.actor, by=audit.actor
            )
            audit.record("oversight.sign_in", row, {"training": str(training.stem)})
    except IntegrityError as error:
        raise Refused("您已经签到，不需要再签。") from error
    return row


def _on_paper(training: Training, organ: Organ) -> set[str]:
    """The names on the sheet, as they are compared."""
    rows = Attendance.objects.filter(training=training.stem, organ=organ, person__isnull=True)
    return {normalised(str(personal.reveal(row, "name"))) for row in rows}


def _signed(training: Training, organ: Organ) -> set[str]:
    """The names of who signed in for themselves, as they are compared."""
    rows = Attendance.objects.filter(training=training.stem, organ=organ, person__isnull=False)
    people = [key for key in rows.values_list("person", flat=True) if key]
    return {normalised(name) for name in names_of(people).values()}


def _each_once(names: str) -> list[str]:
    """The names of a sheet, each once, as it was first written."""
    found: dict[str, str] = {}
    for name in names.replace("、", "\n").splitlines():
        if name.strip():
            found.setdefault(normalised(name), name.strip())
    return list(found.values())


def attended(
    *, audit: Audit, training: Training, organ: uuid.UUID, names: str, files: Sequence[Sent] = ()
) -> list[Attendance]:
    """Take over the sheet that went round: one name a line, all of one organ; the sheet itself may lie beside it."""
    found = next((each for each in living_organs(audit.county) if each.pk == organ), None)
    if found is None:
        raise Refused("请选择参加人员的单位。")
    wanted = _each_once(names)
    if not wanted:
        raise Refused("请填写参加人员的姓名，一行一个。")
    if len(wanted) > MOST_NAMES:
        raise Refused(f"一次最多登记{MOST_NAMES}人。")
    if long := next((name for name in wanted if len(name) > 30), None):
        raise Refused(f"“{long[:30]}”太长，不像姓名，请一行写一个姓名。")
    with transaction.atomic():
        _held(_locked(audit, training.stem))
        rows, there, signed = [], _on_paper(training, found), _signed(training, found)
        for name in wanted:
            if normalised(name) in there | signed:
                how = "登记过" if normalised(name) in there else "自己签到"
                raise Refused(f"“{name}”已经{how}，请删去后再保存；是同名的另一人的，请在姓名后加注，以示区别。")
            key = new_key()
            rows.append(
                Attendance(
                    id=key, county=audit.county, training=training.stem, organ=found, by=audit.actor,
                    **personal.keep(Attendance, key, name=name),
                )
            )  # fmt: skip
        Attendance.objects.bulk_create(rows)
        keep(audit=audit, kind="training", of=training.stem, files=files)
        audit.record("oversight.enter_attendance", rows[0], {"training": str(training.stem), "people": len(rows)})
    return rows


def add_files(*, audit: Audit, training: Training, files: Sequence[Sent]) -> None:
    """Keep what was handed out or photographed."""
    if not files:
        raise Refused("请选择文件。")
    with transaction.atomic():
        keep(audit=audit, kind="training", of=training.stem, files=files)


def read_questions(text: str) -> list[list[Any]]:
    """Questions as a person types them: a question in a line, its choices under it, right ones begin with `*`.

    An empty line ends a question.
    """
    found: list[list[Any]] = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        if not lines:
            continue
        question, *choices = lines
        right = [place for place, words in enumerate(choices) if words.startswith(("*", "＊"))]
        plain = [said(words.lstrip("*＊ "), "选项", 200) for words in choices]
        name = said(question, "题目", 300)
        if not 2 <= len(plain) <= MOST_CHOICES:
            raise Refused(f"“{name[:30]}”应当有2至{MOST_CHOICES}个选项，一行一个。")
        if not right:
            raise Refused(f"“{name[:30]}”没有标出正确的选项，请在正确的选项前写“*”。")
        if len(set(plain)) < len(plain):
            raise Refused(f"“{name[:30]}”有两个相同的选项。")
        found.append([name, plain, right])
    if not found:
        raise Refused("请填写题目。")
    if len(found) > MOST_QUESTIONS:
        raise Refused(f"最多{MOST_QUESTIONS}道题。")
    return found


def keep_paper(*, audit: Audit, training: Training, text: str) -> Paper:
    """Write the questions of a test, or their next version."""
    questions = read_questions(text)
    try:
        with transaction.atomic():
            last = paper_of(training)
            version = last.version + 1 if last else 1
            row = Paper.objects.create(
                county=audit.county, training=training.stem, version=version, questions=questions, by=audit.actor
            )
            audit.record("oversight.keep_paper", row, {"training": str(training.stem), "version": version})
    except IntegrityError as error:
        raise Refused("另有一人刚刚改了题目，请刷新后核对。") from error
    return row


def sit(
    *, audit: Audit, training: Training, version: int, answers: Mapping[int, Sequence[int]], organ: Organ | None
) -> Sitting:
    """Sit the test: all questions answered, marked at once. Refused for a paper that was changed meanwhile."""
    _held(training)
    paper = paper_of(training)
    if paper is None:
        raise Refused("这次培训没有测试。")
    if paper.version != version:
        raise Refused("题目刚刚改过，请刷新后重新作答。")
    asked = paper.questions
    blank = [n + 1 for n in range(len(asked)) if not answers.get(n)]
    if blank:
        raise Refused(f"第{'、'.join(map(str, blank[:10]))}题没有作答。")
    given = [sorted(set(answers[n])) for n in range(len(asked))]
    right = sum(chosen == question[2] for chosen, question in zip(given, asked, strict=True))
    with transaction.atomic():
        row = Sitting.objects.create(
            county=audit.county, paper=paper, training=training.stem, organ=organ, answers=given, right=right,
            asked=len(asked), mark=pass_mark(audit.county, timezone.localdate()), by=audit.actor,
        )  # fmt: skip
        audit.record("oversight.sit_test", row, {"training": str(training.stem), "right": right, "asked": len(asked)})
    return row
