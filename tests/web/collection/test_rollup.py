"""The county's table: each thing once, who is missing or handed in a file named, and the cache always the recount."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import chain

import pytest
from django.utils import timezone

from gongkai.annual.opening import BEGINS
from gongkai.annual.report import SectionText
from gongkai.annual.rollup import State
from gongkai.onrequest.procedure import Act
from gongkai.web.annual.desk import read_all
from gongkai.web.annual.models import Submission
from gongkai.web.annual.services import intake, placing
from gongkai.web.annual.services.judging import correct
from gongkai.web.collection.models import Contribution
from gongkai.web.collection.selectors.contributions import told_of
from gongkai.web.collection.selectors.handed import handed, unplaced
from gongkai.web.collection.selectors.pages import records_behind
from gongkai.web.collection.selectors.rollup import consolidated, lines, recounted, reporting
from gongkai.web.collection.services.choosing import choose, set_together
from gongkai.web.compilation.models import Entered
from gongkai.web.compilation.selectors.figures import compiled
from gongkai.web.compilation.services import entering
from gongkai.web.facts import Refused
from gongkai.web.issuing.models import Draft, Frozen
from gongkai.web.onrequest.models import Application
from gongkai.web.onrequest.rulekeys import COUNTING
from gongkai.web.onrequest.services import disputes
from gongkai.web.onrequest.services.acts import perform
from gongkai.web.organs.tree import merge, rename
from gongkai.web.registers.services import rows as registers
from gongkai.web.rules.services import set_value
from tests.web.collection import made
from tests.web.overview.made import handed as in_hand
from tests.web.overview.made import report as report_of

YEAR = 2025
RECEIVED = "applications.received.total"
LICENCES = "proactive.licences.decisions"
PENALTIES = "proactive.penalties.decisions"
LICENCE = {
    "entered_as": "single", "decided_on": "2025-06-03", "document_number": "许新1号", "matter": "取水许可",
    "party_kind": "organisation", "party": "云岭县石桥百货店", "outcome": "granted",
}  # fmt: skip
DOCUMENT = {
    "name": "节约用水办法",
    "document_number": "云水发〔2025〕9号",
    "issued_on": "2025-03-01",
    "effective_on": "2025-04-01",
}


def all_of(rolled) -> tuple[object, ...]:
    return rolled.cells, rolled.reporters, rolled.removed, rolled.notes


def line_of(county, organ):
    return next(line for line in lines(county, YEAR) if line.organ.pk == organ.pk)


ACTS = {}


def act(function):
    ACTS[function.__name__] = function
    return function


@act
def a_licence_is_entered_corrected_and_voided(audit, organs, county):
    row = registers.enter(audit=audit, organ=organs[1], register="licences", values=LICENCE)
    yield
    registers.correct(audit=audit, row=row, values=LICENCE | {"decided_on": "2024-06-03"}, reason="年份填错")
    yield
    registers.void(audit=audit, row=row, reason="重复")


@act
def an_application_is_moved_on(audit, organs, county):
    made.write(made.cases(county.pk, [organs[1].pk], 3, audit.actor, seed=5))
    set_value(audit=audit, key=COUNTING, value={"merged": "leading", "split": "each"}, valid_from=date(2025, 1, 1))
    yield
    application = Application.objects.filter(organ=organs[1], case__open=1).first()
    perform(audit=audit, application=application, act=Act.WITHDRAW, on=application.case.received_on + timedelta(days=2))


@act
def a_lawsuit_comes_and_ends(audit, organs, county):
    row = disputes.register(
        audit=audit, organ=organs[2], kind="direct_litigation", before="县法院", received_on=date(2025, 5, 6),
        case_number="（2025）鲁0199行初9号",
    )  # fmt: skip
    yield
    disputes.take_step(audit=audit, dispute=row, step="decided", on=date(2025, 8, 8), outcome="suit_revoked")


@act
def figures_are_entered_for_an_organ(audit, organs, county):
    entering.enter(audit=audit, organ=organs[1], year=YEAR, address=PENALTIES, words="41", note="省执法平台导出")
    yield
    entering.say_none(audit=audit, organ=organs[2], year=YEAR, table=3)


@act
def an_organ_is_renamed_and_merged(audit, organs, county):
    entering.enter(audit=audit, organ=organs[1], year=YEAR, address=PENALTIES, words="41", note="省执法平台导出")
    yield
    rename(audit=audit, organ=organs[1], name="云岭县教育和体育局")
    yield
    merge(audit=audit, organ=organs[1], into=organs[2], on=date(2025, 11, 1))


@act
def a_person_decides_what_counts(audit, organs, county):
    entering.enter(audit=audit, organ=organs[1], year=YEAR, address=PENALTIES, words="41", note="省执法平台导出")
    yield
    choose(audit=audit, organ=organs[1], year=YEAR, way="out", reason="还在核对")
    yield
    choose(audit=audit, organ=organs[1], year=YEAR, way="usual", reason="核对完毕")


@pytest.mark.parametrize("name", ACTS)
def test_the_cache_says_what_a_recount_says_after_every_kind_of_act(county, audit, three, name):
    consolidated(county, YEAR)
    seen = [all_of(consolidated(county, YEAR))]
    for _ in chain(ACTS[name](audit, three, county), [None]):
        seen.append(all_of(consolidated(county, YEAR)))
        assert seen[-1] == all_of(recounted(county, YEAR))
    assert seen[1] != seen[0]


def test_a_file_handed_in_counts_for_who_works_elsewhere_and_only_for_them(county, audit, handed_in, three):
    submission = handed_in("云岭县教育局")
    told = line_of(county, three[1]).told
    assert (told.source, told.file) == ("file", str(submission.pk))
    assert told.cells[RECEIVED] == consolidated(county, YEAR).cells[RECEIVED].value
    assert State.LATE in told.states
    assert any("交来的文件" in note for note in consolidated(county, YEAR).notes)
    correct(audit=audit, submission=submission, address=LICENCES, action="value", value="77", reason="与原件核对")
    assert consolidated(county, YEAR).cells[LICENCES].value == 77
    placing.place(audit=audit, submission=submission, organ=three[2].pk, year=str(YEAR))
    assert [line_of(county, organ).told.source for organ in three] == ["", "", "file"]
    entering.enter(audit=audit, organ=three[2], year=YEAR, address=LICENCES, words="5", note="许可系统")
    both = line_of(county, three[2]).told
    assert (both.source, both.cells[LICENCES]) == ("records", 5)
    assert State.DIFFERS in both.states
    choose(audit=audit, organ=three[2], year=YEAR, way="file", reason="在省级系统办理")
    assert line_of(county, three[2]).told.cells[LICENCES] == 77
    before = consolidated(county, YEAR, timezone.now())
    placing.set_aside(audit=audit, submission=submission, aside=True)
    assert line_of(county, three[2]).told.states == (State.MISSING,)
    assert all_of(consolidated(county, YEAR)) == all_of(recounted(county, YEAR))
    assert before.cells[LICENCES].value == 77


def test_the_countys_report_is_no_file_of_who_signs_it_and_not_the_day_on_which_one_came(three):
    words = SectionText(f"{BEGINS}3个机关。")
    for of, on in ((report_of(YEAR, {RECEIVED: 9}, preface=words), 5), (report_of(YEAR, {RECEIVED: 2}), 28)):
        Submission.objects.filter(pk=in_hand(three[1], of).pk).update(received_on=date(YEAR + 1, 1, on))
    found = handed(three[1], YEAR)
    assert (found.report.cells[RECEIVED].value, found.first_on) == (2, date(YEAR + 1, 1, 28))
    assert handed(three[2], YEAR) is None


def test_files_of_nobody_are_told_with_one_question_however_many(county, django_assert_num_queries):
    for number in range(4):
        in_hand(None, report_of(YEAR, {RECEIVED: 9}), county=county.pk, name=f"外县{number}局")
    with django_assert_num_queries(1):
        found = unplaced(county.pk, YEAR)
    assert [(each.organ, each.says) for each in found] == [(f"外县{n}局", "没有认出机关。") for n in (3, 2, 1, 0)]


def test_a_file_that_cannot_be_read_is_named_and_adds_nothing(county, audit, three):
    intake.hand_in(audit=audit, files=[intake.Incoming("云岭县水务局2025年报.docx", b"PK\x03\x04broken")])
    read_all()
    submission = Submission.objects.get()
    assert [each.name for each in unplaced(county.pk, YEAR)] == ["云岭县水务局2025年报.docx"]
    placing.place(audit=audit, submission=submission, organ=three[2].pk, year=str(YEAR))
    told = line_of(county, three[2]).told
    assert (told.source, dict(told.cells)) == ("", {})
    assert State.UNREADABLE in told.states
    assert any("云岭县水务局2025年报.docx" in note for note in told.notes)
    assert consolidated(county, YEAR).cells[RECEIVED].value is None


def test_a_joint_document_and_a_common_lawsuit_count_once(county, audit, three):
    government, education, water = three
    for organ in (education, water):
        registers.enter(audit=audit, organ=organ, register="normative_documents", values=DOCUMENT)
    for organ, flag in ((government, False), (water, True)):
        disputes.register(
            audit=audit, organ=organ, kind="direct_litigation", before="县法院", received_on=date(2025, 5, 6),
            case_number="（2025）鲁0199行初9号", co_defendant=flag,
        )  # fmt: skip
    rolled = consolidated(county, YEAR)
    assert rolled.cells["proactive.normative_documents.issued"].value == 1
    assert rolled.cells["disputes.direct_litigation.pending"].value == 1
    assert rolled.cells["disputes.direct_litigation.total"].value == 1
    names = {str(organ.pk): organ.name for organ in three}
    assert {(names[each.member], names[each.kept], each.shared.kind) for each in rolled.removed} == {
        ("云岭县教育局", "云岭县水务局", "document"), ("云岭县人民政府", "云岭县水务局", "dispute"),
    }  # fmt: skip
    behind = records_behind(rolled, reporting(county.pk, YEAR), None)
    for address in ("proactive.normative_documents.issued", "proactive.normative_documents.in_force"):
        assert behind[address] == list(compiled(water, YEAR).figures[address].records)
    assert {a: len(behind[a]) for a in behind if a.startswith("disputes.") and behind[a]} == {
        "disputes.direct_litigation.pending": 1, "disputes.direct_litigation.total": 1,
    }  # fmt: skip


def test_the_government_and_its_office_may_be_one_reporter(county, audit, three):
    government, office, _ = three
    for organ, count in ((government, "4"), (office, "3")):
        entering.enter(audit=audit, organ=organ, year=YEAR, address=LICENCES, words=count, note="许可系统")
    assert len(consolidated(county, YEAR).reporters) == 3
    set_together(audit=audit, office=office, valid_from=date(2025, 1, 1))
    rolled = consolidated(county, YEAR)
    assert [reporter.name for reporter in rolled.reporters] == ["云岭县教育局", "云岭县水务局"]
    assert rolled.cells[LICENCES].value == 7
    assert any("一并填报云岭县人民政府" in note for note in rolled.reporters[0].notes)


@pytest.mark.parametrize(
    ("way", "reason", "why"),
    [
        ("guess", "x", "请选择"),
        ("file", " ", "写明理由"),
        ("usual", "x", "已经是这样"),
        ("out", "长" * 301, "最多300字"),
    ],
)
def test_a_decision_that_cannot_stand_is_refused(county, audit, three, way, reason, why):
    with pytest.raises(Refused, match=why):
        choose(audit=audit, organ=three[1], year=YEAR, way=way, reason=reason)
    assert Contribution.objects.count() == 0


def test_one_organ_merged_into_another_during_the_year_leaves_its_figures_there(county, audit, three):
    _, education, water = three
    for organ, count in ((education, "4"), (water, "3")):
        entering.enter(audit=audit, organ=organ, year=YEAR, address=PENALTIES, words=count, note="省执法平台")
    made.write(made.cases(county.pk, [education.pk, water.pk], 20, audit.actor, seed=8))
    before = consolidated(county, YEAR).cells[RECEIVED].value
    merge(audit=audit, organ=education, into=water, on=date(2025, 9, 1), reason="机构改革")
    assert education not in reporting(county.pk, YEAR)
    assert education in reporting(county.pk, YEAR - 1)
    rolled = consolidated(county, YEAR)
    assert rolled.cells[RECEIVED].value == before
    assert any("云岭县教育局" in note for note in line_of(county, water).told.notes)
    assert all_of(consolidated(county, YEAR, timezone.now())) == all_of(rolled)


def test_a_frozen_report_that_says_otherwise_by_now_is_named(county, audit, three):
    water = three[2]
    entering.enter(audit=audit, organ=water, year=YEAR, address=LICENCES, words="5", note="许可系统")
    made_by = {"county": county.pk, "organ": water, "year": YEAR, "by": audit.actor}
    report = json.dumps(compiled(water, YEAR).report().to_json()).encode()
    draft = Draft.objects.create(
        number=1, known_at=timezone.now(), figures=b"", report=report, members=b"", seal="", **made_by
    )
    Frozen.objects.create(draft=draft, version=1, **made_by)
    assert State.DIFFERS not in told_of(water, YEAR).states
    assert State.LATE in told_of(water, YEAR).states
    registers.enter(audit=audit, organ=water, register="normative_documents", values=DOCUMENT)
    entering.enter(
        audit=audit, organ=water, year=YEAR, address=LICENCES, words="6", note="许可系统", reason="补登",
        seen=Entered.objects.get().pk,
    )  # fmt: skip
    told = told_of(water, YEAR)
    assert State.DIFFERS in told.states
    assert any("登记6，已定稿的报告5" in note for note in told.notes)
