"""全县汇总的年度报告：同一道门送签、签发、定稿、公布；缺报、矛盾的机关先点名，定稿以后哪个机关有变动都提示。"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.annual.forms import form
from gongkai.annual.report import COUNTY, OWN
from gongkai.web.annual.models import Publication
from gongkai.web.annual.selectors.published import data_of, published
from gongkai.web.annual.selectors.readings import newest_of
from gongkai.web.annual.services import publishing as outside
from gongkai.web.annual.services.placing import place
from gongkai.web.collection.selectors.countyreport import county_organ
from gongkai.web.collection.selectors.january import room
from gongkai.web.collection.selectors.rollup import consolidated, recounted
from gongkai.web.collection.services.choosing import choose, set_internal_day, set_local_day, set_together
from gongkai.web.compilation.models import CarriedForward
from gongkai.web.compilation.selectors.figures import compiled
from gongkai.web.facts import Refused
from gongkai.web.issuing.models import Draft, Frozen
from gongkai.web.issuing.packing import unpack
from gongkai.web.issuing.policies import HAND_OVER, can_report, organs_acted
from gongkai.web.issuing.scopes import scopes_of
from gongkai.web.issuing.selectors.assembled import assembled, report_of, verdict
from gongkai.web.issuing.selectors.paper import opened, parts_of
from gongkai.web.issuing.selectors.versions import answers_of, newest
from gongkai.web.issuing.services import freezing, handing, publishing, signing
from gongkai.web.issuing.services.looking import look
from gongkai.web.narrative.models import Text
from gongkai.web.narrative.selectors.texts import unready
from gongkai.web.narrative.services.writing import save
from gongkai.web.operate import compiling
from gongkai.web.organs.models import Organ
from gongkai.web.organs.services import keep_list, name_county, strike
from gongkai.web.organs.tree import change_organ, found_organ
from gongkai.web.people.models import Person
from gongkai.web.people.services import appoint
from gongkai.web.registers.services import rows as registers
from tests.web.collection.reported import Reported
from tests.web.issuing.conftest import WORDS, bring, write

YEAR = 2025
RECEIVED = "applications.received.total"
FIVE = [
    f"applications.{row}.{column}" for row in ("received", "carried_forward") for column in ("natural_person", "total")
]
FILE = dict.fromkeys(form("2021").addresses, 0) | dict.fromkeys(FIVE, 5)
JOINT = {
    "name": "节约用水进校园办法",
    "document_number": "云教发〔2025〕9号",
    "issued_on": "2025-03-01",
    "effective_on": "2025-04-01",
}
COUNTY_WORDS = "本县坚持以公开为常态、不公开为例外，全县新收政府信息公开申请{全县新收申请件数}件。"


def hand_in(audit, organ, **more: int) -> None:
    """A file of an organ that works outside the system, placed with it."""
    row = Reported(audit).file(organ, date(2026, 1, 8), FILE | more)
    place(audit=audit, submission=row, organ=organ.pk, year=str(YEAR))


def answer_all(audit, organ, scope: str = COUNTY) -> None:
    known = answers_of(organ, YEAR, scope)
    for each in verdict(organ, assembled(organ, YEAR, scope=scope)).of_grade("doubt"):
        if each["fingerprint"] not in known:
            handing.answer(
                audit=audit, organ=organ, year=YEAR, scope=scope, fingerprint=each["fingerprint"], finding=each["id"],
                message=each["message"], reason="已与该机关核实",
            )  # fmt: skip


def frozen_now(audit, organ, reason: str = "") -> Frozen:
    answer_all(audit, organ)
    draft = handing.hand_over(audit=audit, organ=organ, year=YEAR, scope=COUNTY, reason=reason)
    signing.sign(audit=audit, draft=draft, seal=draft.seal)
    return freezing.freeze(audit=audit, draft=Draft.objects.get(pk=draft.pk))


@pytest.fixture
def begun(audit, three):
    """The government and education with their cases, the words of the government and of the county; nothing of water."""
    government, education, _ = three
    bring(audit, government, "云政-2025-001 2025-03-01 2025-03-20 G2")
    bring(audit, education, "云教-2025-001 2025-04-01 2025-04-09 G2", "云教-2025-002 2025-12-20")
    for section, words in WORDS.items():
        write(audit, government, section, words)
        write(audit, government, section, COUNTY_WORDS if section == "1" else words, scope=COUNTY)
    return three


@pytest.fixture
def whole(audit, begun):
    """Water works outside the system and handed in a file."""
    hand_in(audit, begun[2])
    return begun


@pytest.fixture
def light(monkeypatch):
    """How a page is set is no matter here."""
    real = outside.files_of
    monkeypatch.setattr(outside, "files_of", lambda report, formats=("docx", "xlsx"): real(report, ("docx", "xlsx")))


def test_who_does_not_sign_it_and_what_keeps_it_back(audit, county, begun):
    government, education, water = begun

    def hand_over(organ=government, scope=COUNTY):
        handing.hand_over(audit=audit, organ=organ, year=YEAR, scope=scope)

    for organ, scope, says in (
        (education, COUNTY, "全县汇总的报告由云岭县人民政府送签"),
        (government, "whole", "请选择统计范围"),
    ):
        with pytest.raises(Refused, match=says):
            hand_over(organ, scope)
    found = verdict(government, assembled(government, YEAR, scope=COUNTY))
    [missing] = [each for each in found.findings if each["id"] == "G-MISSING"]
    assert missing["grade"] == "doubt" and missing["message"].startswith("云岭县水务局：没有数据")
    with pytest.raises(Refused, match="存疑没有答复"):
        hand_over()
    hand_in(audit, water, **{RECEIVED: 9})
    [conflict] = verdict(government, assembled(government, YEAR, scope=COUNTY)).of_grade("conflict")[:1]
    assert conflict["grade"] == "conflict"
    answer_all(audit, government)
    with pytest.raises(Refused, match="不一致，请更正后再送签"):
        hand_over()
    choose(audit=audit, organ=water, year=YEAR, way="out", reason="数据有误，正在核对")
    answer_all(audit, government)
    Organ.objects.filter(pk=government.pk).update(listed=False)  # its own year is not asked for
    hand_over()
    draft = Draft.objects.get()
    assert "另有1个机关没有数据，没有计入" in report_of(draft.report).preface.text
    assert [each["grade"] for each in draft.findings if "正在核对" in each["message"]] == ["note"]
    Organ.objects.filter(pk=government.pk).update(form="department")
    with pytest.raises(Refused, match="名录中没有县级人民政府"):
        hand_over()
    set_together(audit=audit, office=education, valid_from=date(YEAR, 1, 1))
    assert (county_organ(county.pk, YEAR), scopes_of(education, YEAR)) == (education, [OWN, COUNTY])


def test_behind_each_cell_stand_the_organs_and_the_sum_is_theirs(audit, county, whole, monkeypatch):
    monkeypatch.setattr(compiling, "prepare_store", lambda: None)
    government, education, water = whole
    frozen = frozen_now(audit, government)
    report, kept = report_of(frozen.draft.report), unpack(frozen.draft.members)
    assert (report.scope, report.cells[RECEIVED].value, report.title) == (
        "consolidated", 8, "云岭县人民政府2025年政府信息公开工作年度报告",
    )  # fmt: skip
    assert report.preface.text == "统计范围：本报告的数据为全县汇总，计入3个机关。"
    assert "全县新收政府信息公开申请8件" in report.sections[1].text
    file = water.submissions.get()
    assert [(row[0], row[1], row[3]) for row in kept[RECEIVED]] == [
        ("organ", str(government.pk), "云岭县人民政府"),
        ("organ", str(education.pk), "云岭县教育局"),
        ("file", str(file.pk), "云岭县水务局"),
    ]
    assert kept[RECEIVED][1][2] == compiled(education, YEAR).digest
    assert kept[RECEIVED][2][2].startswith(f"{file.file.sha256}:")
    for address, rows in kept.items():
        parts = parts_of(frozen.draft, address)
        total = sum(float(part.value) - part.once for part in parts)
        assert len(parts) == len(rows) and (not rows or total == report.cells[address].value), address
    of = opened(frozen.draft, RECEIVED, education)
    assert of.same and [each.number for each in of.records] == ["云教-2025-001", "云教-2025-002"]
    assert opened(frozen.draft, RECEIVED, water) is None
    assert not CarriedForward.objects.exists()  # each organ's own report hands on its own
    told, _ = compiling.compile_office(
        government.name, YEAR, consolidated=True
    )  # what the command line writes is the same
    assert {a: c.value for a, c in told.cells.items()} == {a: c.value for a, c in report.cells.items()}
    assert told.preface == report.preface and [told.sections[n] for n in (1, 5, 6)] == [
        report.sections[n] for n in (1, 5, 6)
    ]
    for secret in ("云教-2025-001", "records", str(education.pk)):
        assert secret not in bytes(frozen.draft.report).decode()


def test_known_at_that_day_gives_the_same_bytes_whatever_became_of_the_organs(audit, county, whole):
    government, education, water = whole
    draft = frozen_now(audit, government).draft
    bring(audit, education, "云教-2025-009 2025-06-01")
    choose(audit=audit, organ=water, year=YEAR, way="out", reason="还在核对")
    set_internal_day(audit=audit, day="01-05", valid_from=date(2026, 1, 1))
    strike(audit=audit, county=county, key=water.pk)
    set_together(audit=audit, office=education, valid_from=date(YEAR, 1, 1))
    again = assembled(government, YEAR, draft.known_at, COUNTY).packed
    assert (again.figures, again.report, again.members) == (
        bytes(draft.figures), bytes(draft.report), unpack(draft.members),
    )  # fmt: skip
    assert again.seal == draft.seal


BECAME = {}


def became(function):
    BECAME[function.__name__] = function
    return function


@became
def an_organ_of_another_kind(audit, county, organs, off):
    change_organ(audit=audit, organ=organs[2], form="township")


@became
def another_word_in_its_numbers(audit, county, organs, off):
    change_organ(audit=audit, organ=organs[1], word="云教体")


@became
def an_organ_of_the_tree(audit, county, organs, off):
    found_organ(audit=audit, county=county.pk, name=organs[2].name, form="township", word="云石")


@became
def another_name_of_the_county(audit, county, organs, off):
    name_county(audit=audit, county=county, name="新云岭县")


@became
def on_the_list_again(audit, county, organs, off):
    keep_list(audit=audit, county=county, organs=[(off.name, "")])


@became
def on_the_list_and_off_again(audit, county, organs, off):
    keep_list(audit=audit, county=county, organs=[(off.name, "")])
    strike(audit=audit, county=county, key=off.pk)


@pytest.mark.parametrize("what", BECAME)
def test_what_an_organ_was_is_told_as_it_was_known(audit, county, whole, what):
    government, education, _ = whole
    for organ in (education, government):
        registers.enter(audit=audit, organ=organ, register="normative_documents", values=JOINT)
    set_local_day(audit=audit, form="township", day="01-05", valid_from=date(2026, 1, 1))
    off = Organ.objects.create(county=county.pk, name="云岭县水保站", form="department", position=9)
    strike(audit=audit, county=county, key=off.pk)
    moment = timezone.now()
    then, now = (assembled(government, YEAR, known_at, COUNTY).packed for known_at in (moment, None))
    assert (then.figures, then.report) == (now.figures, now.report)
    BECAME[what](audit, county, whole, off)
    again = assembled(government, YEAR, moment, COUNTY).packed
    assert (again.figures, again.report, again.members) == (then.figures, then.report, then.members)


def test_a_change_at_any_organ_is_announced_and_corrected_by_a_new_version(audit, whole):
    government, education, _ = whole
    first = frozen_now(audit, government)
    assert not look(first).differences
    bring(audit, education, "云教-2025-009 2025-06-01 2025-06-10 G2")
    found = look(first).differences
    assert ("8", "9") in [(c.before, c.now) for c in found.cells if c.address == RECEIVED]
    assert [(r.kind, r.number, r.what) for r in found.records] == [("organ", "云岭县教育局", "changed")]
    with pytest.raises(Refused, match="请写明更正的理由"):
        handing.hand_over(audit=audit, organ=government, year=YEAR, scope=COUNTY)
    second = frozen_now(audit, government, reason="教育局补计1件")
    assert (second.version, newest(government, YEAR, COUNTY), newest(government, YEAR)) == (2, second, None)
    choose(audit=audit, organ=education, year=YEAR, way="out", reason="还在核对")
    gone = look(second).differences.records
    assert [(r.number, r.what) for r in gone] == [("云岭县教育局", "went")]


def test_the_governments_own_report_goes_its_own_way_beside_it(client, audit, county, whole, light):
    government = whole[0]
    frozen = frozen_now(audit, government)
    before = consolidated(county, YEAR)
    publication = publishing.publish(audit=audit, frozen=frozen).publication
    assert publication.consolidated and data_of(publication)["scope"] == "consolidated"
    after = recounted(county, YEAR)  # its page, handed in to be published, is nobody's own file
    assert (after.cells, after.reporters) == (before.cells, before.reporters)
    assert not look(frozen).differences
    answer_all(audit, government, OWN)
    draft = handing.hand_over(audit=audit, organ=government, year=YEAR)
    signing.sign(audit=audit, draft=draft, seal=draft.seal)
    own = freezing.freeze(audit=audit, draft=Draft.objects.get(pk=draft.pk))
    assert (own.version, report_of(draft.report).scope, report_of(draft.report).preface) == (1, "own_body", None)
    assert report_of(draft.report).cells[RECEIVED].value == 1
    assert (report_of(draft.report).sections[1].text, "全县新收" in report_of(frozen.draft.report).sections[1].text) == (
        WORDS["1"], True,
    )  # fmt: skip
    beside = publishing.publish(audit=audit, frozen=own).publication
    bring(audit, whole[1], "云教-2025-009 2025-06-01 2025-06-10 G2")
    again = publishing.publish(audit=audit, frozen=frozen_now(audit, government, reason="教育局补计1件")).publication
    assert set(Publication.objects.filter(organ=government, end=None)) == {beside, again}
    assert (beside.submission.scope, again.submission.scope) == (OWN, COUNTY)
    for scope, of in ((OWN, beside), (COUNTY, again)):
        assert newest_of(government, YEAR, scope) == of.submission, "next year's is held to last year's of its scope"
    assert (publication.end.why, publication.edition, beside.edition, again.edition) == ("replaced", 1, 1, 2)
    assert [each.year_zh for each in published(county.pk, government.pk)] == ["2025年度（全县汇总）", "2025年度"]
    for each, second in ((beside, False), (again, True)):
        page = words(client.get(reverse("portal-report", args=[each.pk])))
        assert ("，第2版" in page) == second and ("这个机关的其他年度报告2025年度（全县汇总）" in page) != second
        names = client.get(reverse("portal-report-file", args=[each.pk, "json"])).headers["Content-Disposition"]
        assert (quote("（全县汇总）") in names) == second
    kept = publishing.archive(audit=audit, frozen=frozen)
    assert kept.file.size > 1000


def test_the_january_room_follows_that_report(audit, county, whole, light):
    government = whole[0]

    def own():
        return room(county, YEAR, date(2026, 4, 2)).own

    assert (own().organ, own().state_zh, own().late_zh) == (government, "起草中", "已过法定期限，未公布")
    frozen = frozen_now(audit, government)
    assert own().state_zh == "已报送，未见公布"
    publishing.publish(audit=audit, frozen=frozen)
    assert own().state_zh == "已公布"


def test_the_competent_department_does_it_for_the_government_and_nobody_else(audit, county, three):
    government, education, water = three
    Organ.objects.filter(pk=water.pk).update(competent=True)

    def person(organ: Organ) -> Person:
        one = Person.objects.create(county=county.pk, name="王小兰", role="clerk", organ=organ)
        appoint(audit=audit, person=one, role="clerk", organ=organ)
        return Person.objects.get(pk=one.pk)

    for organ, may in ((water, True), (education, False)):
        one = person(organ)
        assert [can_report(one, HAND_OVER, each) for each in (government, organ)] == [may, True], organ.name
        assert set(organs_acted(one, HAND_OVER)) == ({government.pk, organ.pk} if may else {organ.pk})


def words(response) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", response.content.decode()))


def test_the_pages_say_of_what_the_report_is_and_open_it_down_to_the_records(desk, audit, operator, whole):
    government, education, water = whole
    page = reverse("year-issue", args=[government.pk, YEAR])
    said = words(desk.get(page))
    assert "统计范围本机关全县汇总" in said and "2025年度报告（全县汇总）" in said
    assert "（全县汇总）" not in words(desk.get(f"{page}?scope=own_body")).replace("全县汇总的报告", "")
    other = reverse("year-issue", args=[education.pk, YEAR])
    assert desk.get(f"{other}?scope=consolidated").status_code == 404
    assert desk.get(f"{page}?scope=whole").status_code == 404
    handed = reverse("year-issue-hand-over", args=[education.pk, YEAR])
    assert desk.post(handed, {"scope": "consolidated"}).status_code == 404
    frozen = frozen_now(audit, government)
    version = (government.pk, YEAR, frozen.pk)
    assert "年度报告（全县汇总）" in words(desk.get(reverse("year-issue-version", args=version)))
    cell = desk.get(reverse("year-issue-cell", args=[*version, RECEIVED]))
    assert (
        "由3个机关的数相加" in words(cell)
        and reverse("report", args=[water.submissions.get().pk]) in cell.content.decode()
    )
    part = words(desk.get(reverse("year-issue-part", args=[*version, RECEIVED, education.pk])))
    assert "后面有2条记录" in part and "云教-2025-002" in part and "校验值一致" in part
    assert desk.get(reverse("year-issue-part", args=[*version, RECEIVED, water.pk])).status_code == 404
    assert "云岭县人民政府（全县汇总）已定稿，尚未公布" in words(desk.get(reverse("year-issues") + f"?year={YEAR}"))


def test_the_countys_words_are_written_beside_the_governments_own_and_of_the_countys_numbers(desk, audit, three):
    government, education, _ = three
    bring(audit, government, "云政-2025-001 2025-03-01 2025-03-20 G2")
    write(audit, government, "1", "县政府自己新收{新收申请件数}件。")
    page = reverse("words-section", args=[government.pk, YEAR, "1"])
    assert words(desk.get(page)).count("县政府自己新收") == 0  # the county's report, until somebody chooses
    offered = words(desk.get(f"{page}?scope=consolidated"))
    assert "全县新收申请件数" in offered and "例如{全县新收申请件数}" in offered
    assert (
        "全县新收申请件数"
        not in words(desk.get(f"{page}?scope=own_body")).partition("全县汇总，与本机关自己的数分列")[0]
    )
    assert [unready(government, YEAR, each)[0] for each in (OWN, COUNTY)] == [
        "“五、存在的主要问题及改进情况”还没有写。", "“一、总体情况”还没有写。",
    ]  # fmt: skip
    said = {"scope": "consolidated", "base": "", "act": "save", "words": "全县新收{全县新收申请件数}件。"}
    assert desk.post(page, said).url == f"{page}?scope=consolidated"
    whole = words(desk.get(reverse("words-report", args=[government.pk, YEAR]) + "?scope=consolidated"))
    own = words(desk.get(reverse("words-report", args=[government.pk, YEAR]) + "?scope=own_body"))
    assert ("全县新收1件。" in whole, "县政府自己新收1件。" in whole) == (True, False)
    assert ("全县新收1件。" in own, "县政府自己新收1件。" in own) == (False, True)
    assert [t.words for t in Text.objects.filter(organ=government, scope=COUNTY)] == [said["words"]]
    version = reverse("words-version", args=[government.pk, YEAR, "1", 1])
    assert "全县新收" in words(desk.get(f"{version}?scope=consolidated"))
    assert "云岭县人民政府（全县汇总）引言未写一、总体情况第1稿" in words(desk.get(reverse("words") + f"?year={YEAR}"))
    other = reverse("words-section", args=[education.pk, YEAR, "1"])
    assert [desk.get(f"{other}?scope=consolidated").status_code, desk.post(other, said).status_code] == [404, 404]
    with pytest.raises(Refused, match="没有这一部分"):
        save(audit=audit, organ=government, year=YEAR, section="1", words="甲", base=None, scope="whole")
