"""The leader's page: the rate and what it is a rate of, who sees whose, links that show the same, questions bounded."""

from __future__ import annotations

import random
import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml.html import document_fromstring

from gongkai.annual.report import COUNTY, OWN
from gongkai.web.annual.models import PublicationEnd
from gongkai.web.collection.services import elsewhere
from gongkai.web.onrequest.models import Case
from gongkai.web.onrequest.selectors.figures import span_of
from gongkai.web.organs.models import Organ
from gongkai.web.oversight.models import Duty
from gongkai.web.overview.selectors import due as due_of
from gongkai.web.overview.selectors.glance import glance
from gongkai.web.overview.words import spoken
from tests.web.overview import made

YEAR = 2025
TODAY = date(2025, 10, 15)
NEXT_YEAR = date(2026, 3, 2)


def ago(days: int, today: date = TODAY) -> date:
    return today - timedelta(days=days)


def seen(county, organs, today=TODAY, organ=None, year=YEAR):
    return glance(county, organ, year, today, None)


def words(of, key: str) -> str:
    return next(part.words for part in spoken(of) if part.key == key)


@pytest.fixture
def told(organs):
    """Two in time, one on the last day, one late, one never answered; what falls due today or later counts with nobody."""
    school, water = organs["education"], organs["water"]
    return made.cases(
        [
            (school, ago(60), ago(30), ago(40), False),
            (school, ago(61), ago(31), ago(41), False),
            (water, ago(50), ago(20), ago(20), False),
            (water, ago(50), ago(20), ago(19), False),
            (water, ago(40), ago(1), None, True),
            (school, ago(28), TODAY, None, True),
            (school, ago(28), TODAY, ago(3), False),
            (school, ago(10), TODAY + timedelta(days=18), None, True),
            (school, ago(90), ago(60), None, False),
            (school, ago(9), None, None, True),
        ]
    )


def test_the_rate_asks_of_what_fell_due_not_of_what_was_answered(county, organs, told):
    of = seen(county, organs)
    assert (of.due.whole.n, of.due.whole.of, of.due.late) == (3, 5, 2)
    said = words(of, "applications")
    assert said.startswith("今年以来收到申请10件，已到期应答复5件，其中按期答复3件，按期率60.0%（3/5）。")
    assert "现在未答复4件，其中已逾期1件" in said
    assert [(each.name, each.kept, each.due, each.overdue) for each in of.organs] == [
        ("云岭县水务局", 1, 3, 1),
        ("云岭县教育局", 2, 2, 0),
    ]


def test_the_shares_of_what_was_answered_add_up_to_a_hundred(county, organs):
    made.cases([(organs["water"], ago(50), ago(20), ago(21), False)] * 3)
    for case, code in zip(Case.objects.order_by("pk"), ("G2", "P1", "N4"), strict=True):
        Case.objects.filter(pk=case.pk).update(decision=code)
    rates = [each.rate for each in seen(county, organs).applications.outcomes if each.n]
    assert sorted(rates) == ["33.3%", "33.3%", "33.4%"]
    assert words(seen(county, organs), "outcomes").count("占33.3%") == 2


def test_one_organ_has_its_own_figures_alone(county, organs, told):
    of = seen(county, organs, organ=organs["water"])
    assert (of.applications.received, of.due.whole.n, of.due.whole.of, of.cases.open) == (3, 1, 3, 1)
    assert of.organs == ()
    assert of.scope == "云岭县水务局"


def test_a_year_that_has_passed_is_told_as_a_whole_and_an_empty_one_has_no_rate(county, organs, told):
    passed = words(seen(county, organs, today=NEXT_YEAR), "applications")
    assert passed.startswith("2025年全年收到申请10件，已到期应答复8件，其中按期答复4件，按期率50.0%（4/8）")
    empty = words(seen(county, organs, year=2023), "applications")
    assert empty.startswith("2023年全年没有登记收到申请，没有到期应答复的，按期率不计算")


@pytest.mark.parametrize("seed", range(3))
def test_the_lists_behind_the_rate_hold_as_many_as_its_figures(county, organs, seed):
    rng, every = random.Random(seed), list(organs.values())
    rows = []
    for _ in range(60):
        received = ago(rng.randrange(0, 400))
        due = received + timedelta(days=28) if rng.random() < 0.9 else None
        delivered = received + timedelta(days=rng.randrange(1, 60)) if rng.random() < 0.7 else None
        delivered = delivered if delivered and delivered <= TODAY else None
        rows.append((rng.choice(every), received, due, delivered, delivered is None and rng.random() < 0.8))
    made.cases(rows)
    fell = [r for r in rows if r[2] and r[2].year == YEAR and r[2] < TODAY and (r[3] or r[4])]
    kept = [r for r in fell if r[3] and r[3] <= r[2]]
    span = span_of(YEAR, "")
    found = due_of.due(county.pk, None, span, TODAY)
    assert (found.whole.of, found.whole.n) == (len(fell), len(kept))
    for organ in every:
        share = found.by_organ.get(organ.pk)
        assert (share.of if share else 0) == len([r for r in fell if r[0] == organ])
    for which, n in (("", len(fell)), ("kept", len(kept)), ("late", len(fell) - len(kept))):
        assert len(due_of.behind(county.pk, None, span, TODAY, which, 1)) == min(n, due_of.PAGE + 1)


def test_what_was_kept_holds_until_a_case_changes_even_one_that_was_committed_late(county, organs, told):
    assert seen(county, organs).due.whole.n == 3
    late = next(each for each in told if each.delivered_on is None and each.due_on == ago(1))
    Case.objects.filter(pk=late.pk).update(delivered_on=ago(1), open=0, changed_at=timezone.now())
    assert seen(county, organs).due.whole.n == 4
    row = made.cases([(organs["water"], ago(50), ago(20), ago(21), False)])[0]
    Case.objects.filter(pk=row.pk).update(changed_at=timezone.now() - timedelta(minutes=2))
    assert (seen(county, organs).due.whole.n, seen(county, organs).applications.received) == (5, 11)


# ── who sees whose ───────────────────────────────────────────────────────────────────────────────────────────────────


def links(page: bytes) -> list[str]:
    return [str(each) for each in document_fromstring(page).xpath("//main//a/@href")]


def now(organ: Organ, days: int = 3):
    """A case that is late today."""
    today = timezone.localdate()
    return made.cases([(organ, ago(40, today), ago(days, today), None, True)])


def test_a_leader_sees_the_county_without_lists_that_are_closed_to_them(organs, asking):
    now(organs["education"])
    page = asking("leader", organs["water"]).get("/overview")
    assert page.status_code == 200
    assert "全县" in page.content.decode()
    assert not [
        link for link in links(page.content) if link.startswith(("/cases", "/overview/due", "/figures", "/patrol"))
    ]


def test_the_competent_department_opens_the_list_behind_a_figure(organs, asking, clock):
    now(organs["education"])
    now(organs["water"])
    page = asking("competent", organs["government"]).get("/overview")
    [overdue] = {
        link for link in links(page.content) if link.startswith("/cases?group=overdue") and "organ" not in link
    }
    desk = asking("competent", organs["government"])
    listed = document_fromstring(desk.get(overdue).content).xpath("//table//a[starts-with(@href, '/cases/')]")
    assert len(listed) == 2
    late = desk.get("/overview/due?which=late").content.decode()
    assert late.count("还没有答复") == 2


def test_a_head_sees_the_own_organ_and_no_other(organs, asking):
    now(organs["education"])
    now(organs["water"])
    head = asking("head", organs["water"])
    page = head.get("/overview").content.decode()
    assert "云岭县水务局" in page
    assert "云岭县教育局" not in page
    assert "现在未答复1件，其中已逾期1件" in page
    for url in ("/overview?organ={}", "/overview/brief.pdf?organ={}", "/overview/due?organ={}"):
        assert head.get(url.format(organs["education"].pk)).status_code == 403
    assert head.get(f"/overview/due?organ={organs['water'].pk}").status_code == 200


@pytest.mark.parametrize("role", ["clerk", "reviewer", "mail_room", "system_admin", "onlooker"])
def test_the_table_opens_the_page_to_nobody_else(organs, asking, role):
    client = asking(role, None if role == "system_admin" else organs["water"])
    assert client.get("/overview").status_code == 403
    assert client.get("/overview/brief.pdf").status_code == 403


@pytest.mark.parametrize(
    "url",
    [
        "/overview?organ=01890000-0000-7000-8000-000000000000",
        "/overview/brief.exe",
        "/compare?organ=01890000-0000-7000-8000-000000000000",
        "/compare/export.exe",
        "/compare/peers/export.doc",
    ],
)
def test_what_is_not_there_is_not_found(desk, organs, url):
    assert desk.get(url).status_code == 404


@pytest.mark.parametrize(
    "said", ["year=99999", "year=x", "year=1066", "organ=nobody", "which=all&page=-1", "page=9999999"]
)
def test_what_is_asked_wrongly_is_left_out(desk, organs, said):
    for path in ("/overview", "/overview/due", "/compare", "/compare/peers"):
        assert desk.get(f"{path}?{said}").status_code == 200


# ── speed and years ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_questions_to_the_database_do_not_grow_with_organs_and_records(county, desk, organs):
    def asked() -> int:
        desk.get("/overview")
        with CaptureQueriesContext(connection) as told:
            assert desk.get("/overview").status_code == 200
        return len(told)

    now(organs["water"])
    made.published(organs["water"], made.report(2024, {made.RECEIVED: 4}))
    few = asked()
    more = Organ.objects.bulk_create(
        [Organ(county=county.pk, name=f"云岭县第{n}局", form="department", position=n + 10) for n in range(30)]
    )
    for n, organ in enumerate(more):
        now(organ)
        made.published(organ, made.report(2022 + n % 3, {made.RECEIVED: n}))
        made.frozen(organ, made.report(2025, {made.RECEIVED: n}))
        Duty.objects.create(
            county=county.pk, organ=organ, kind="problem", number=f"问{n}", title="栏目空白", state="open", source="other",
            due_on=ago(5, timezone.localdate()), begun_on=ago(9, timezone.localdate()), year=2026, by=organ.pk,
        )  # fmt: skip
    assert asked() <= few + 4, "a question more for each further year of the trend"
    assert few <= 60


def test_the_course_over_years_leaves_gaps_and_says_who_is_missing(county, organs):
    made.published(organs["education"], made.report(2021, {made.RECEIVED: 5}))
    made.frozen(organs["education"], made.report(2023, {made.RECEIVED: 7}))
    made.handed(organs["water"], made.report(2023, {made.RECEIVED: 3}))
    whole = made.report(2023, {made.RECEIVED: 99}, scope="consolidated")
    made.published(organs["government"], whole)
    of = seen(county, organs)
    assert [(p.year, p.values["received"]) for p in of.trend] == [
        (2021, (5, 1)),
        (2022, (None, 0)),
        (2023, (10, 2)),
        (2024, (None, 0)),
    ]
    assert words(of, "trend") == (
        "按各年年度报告，收到申请：2021年5件（4个单位中1个的报告）；2022年没有报告；"
        "2023年10件（4个单位中2个的报告）；2024年没有报告。"
    )
    own = seen(county, organs, organ=organs["education"])
    assert [p.values["received"] for p in own.trend] == [(5, 1), (None, 0), (7, 1), (None, 0)]


def test_years_on_end_without_a_report_are_told_as_one(county, organs):
    for year in (2020, 2024):
        made.published(organs["education"], made.report(year, {made.RECEIVED: 5}))
    of = seen(county, organs, organ=organs["education"])
    assert [point.year for point in of.trend] == [2020, 2021, 2022, 2023, 2024], "a year is a place on the chart"
    assert words(of, "trend") == "按各年年度报告，收到申请：2020年5件；2021年至2023年没有报告；2024年5件。"


def test_the_sum_of_a_county_is_not_added_to_its_parts_wherever_it_stands(county, organs):
    """Taken back from the portal, or never there: the file that is left is still the sum of the others."""
    government = organs["government"]
    made.handed(organs["education"], made.report(2022, {made.RECEIVED: 5}))
    for year, scope in ((2022, COUNTY), (2023, None)):
        made.handed(government, made.report(year, {made.RECEIVED: 99}, scope=scope))
    made.handed(government, made.report(2024, {made.RECEIVED: 2}, scope=OWN))
    made.handed(government, made.report(2024, {made.RECEIVED: 99}))
    found = {point.year: point.values["received"] for point in seen(county, organs).trend}
    assert found == {2022: (5, 1), 2023: (None, 0), 2024: (2, 1)}


def test_reports_are_told_by_where_they_stand(county, organs):
    made.published(organs["education"], made.report(2024, {made.RECEIVED: 5}))
    made.frozen(organs["water"], made.report(2024, {made.RECEIVED: 5}))
    made.handed(organs["bridge"], made.report(2024, {made.RECEIVED: 5}))
    assert words(seen(county, organs), "reports") == (
        "2024年度报告，3个单位中：1个已公布；1个已定稿，尚未公布；1个已交来文件。"
        "全县汇总的2024年度报告没有送签，也没有交来文件。"
    )


def said_of(county, organs, organ=None) -> str:
    return words(seen(county, organs, organ=organ), "reports")


def test_the_countys_report_is_the_governments_and_its_own_year_is_not(county, organs):
    """What the January room tells of it, the page at a glance tells too."""
    government = organs["government"]
    own = made.published(government, made.report(2024, {made.RECEIVED: 2}, scope=OWN))
    none = "全县汇总的2024年度报告没有送签，也没有交来文件。"
    assert said_of(county, organs) == f"2024年度报告，3个单位中：3个没有送签，也没有交来文件。{none}"
    assert said_of(county, organs, government) == none
    made.frozen(government, made.report(2024, {made.RECEIVED: 9}, scope=COUNTY))
    assert said_of(county, organs, government) == "全县汇总的2024年度报告已定稿，尚未公布。"
    whole = made.published(government, made.report(2024, {made.RECEIVED: 9}, scope=COUNTY))
    for of in (None, government):
        assert said_of(county, organs, of).endswith("全县汇总的2024年度报告已公布。")
    assert "3个没有送签，也没有交来文件" in said_of(county, organs)
    for row in (own, whole):
        PublicationEnd.objects.create(county=county.pk, publication=row, why="withdrawn", by=uuid.uuid4())
    assert said_of(county, organs, government) == "全县汇总的2024年度报告已定稿，尚未公布。"


def test_a_countys_sum_that_an_office_issues_is_not_the_offices_own_report(county, organs):
    office = organs["education"]
    made.published(office, made.report(2024, {made.RECEIVED: 9}, scope=COUNTY))
    assert said_of(county, organs, office) == "2024年度报告没有送签，也没有交来文件。"
    made.handed(office, made.report(2024, {made.RECEIVED: 2}))
    assert said_of(county, organs, office) == "2024年度报告已交来文件。"


def test_what_is_stated_public_elsewhere_is_public(county, organs, audit):
    water = organs["water"]
    made.handed(water, made.report(2024, {made.RECEIVED: 2}))
    elsewhere.state(audit=audit, organ=water, year=2024, on=date(2025, 1, 20), place="县政府网站")
    assert said_of(county, organs, water) == "2024年度报告已公布。"
    elsewhere.state(audit=audit, organ=water, year=2024, on=None, place="")
    assert said_of(county, organs, water) == "2024年度报告已交来文件。"
