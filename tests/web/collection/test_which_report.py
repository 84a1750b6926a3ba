"""Which report a file of a government is, and since when a report is public: told alike wherever it counts."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.annual.report import COUNTY, OWN
from gongkai.annual.rollup import State
from gongkai.oversight import Answers
from gongkai.web.annual.models import Placement, Publication, PublicationEnd
from gongkai.web.annual.services import placing, publishing
from gongkai.web.assessment.computing.base import Asked
from gongkai.web.assessment.computing.publishing import annual_report
from gongkai.web.collection.selectors.contributions import UNCLEAR
from gongkai.web.collection.selectors.handed import handed
from gongkai.web.collection.selectors.january import NOT_STATED, room
from gongkai.web.collection.selectors.public import public_since
from gongkai.web.collection.selectors.rollup import consolidated, lines
from gongkai.web.facts import Refused
from gongkai.web.organs.models import Organ
from tests.web.collection.reported import RECEIVED, YEAR, Reported, at

TODAY = date(2026, 3, 2)
FIGURES = dict.fromkeys(RECEIVED, 0) | {"applications.received.natural_person": 7, "applications.received.total": 7}
TOTAL = "applications.received.total"


@pytest.fixture
def report(audit) -> Reported:
    return Reported(audit)


@pytest.fixture
def organs(county) -> dict[str, Organ]:
    def made(name: str, form: str, **more) -> Organ:
        return Organ.objects.create(county=county.pk, name=f"云岭县{name}", form=form, **more)

    return {
        "政府": made("人民政府", "county_government"),
        "主管部门": made("人民政府办公室", "department", position=1, competent=True),
        "部门": made("水务局", "department", position=2),
    }


def january(county, organ: Organ):
    found = room(county, YEAR, TODAY)
    return next(each for each in (*found.lines, found.own) if each and each.organ.pk == organ.pk)


SAID = [
    # whose file, what was said of it, what it adds to the county, where the report stands in January
    ("政府", "", None, "未开始"),
    ("政府", OWN, 7, "未开始"),
    ("政府", COUNTY, None, "已报送，未见公布"),
    ("主管部门", "", 7, "已报送，未见公布"),
    ("主管部门", OWN, 7, "已报送，未见公布"),
    ("主管部门", COUNTY, None, "未开始"),
    ("部门", "", 7, "已报送，未见公布"),
    ("部门", OWN, 7, "已报送，未见公布"),
]  # fmt: skip


@pytest.mark.parametrize(("whose", "said", "adds", "state"), SAID)
def test_a_file_counts_as_what_was_said_of_it_and_a_governments_as_nothing_before(
    county, audit, report, organs, whose, said, adds, state
) -> None:
    organ = organs[whose]
    file = report.file(organ, date(2026, 1, 20), FIGURES)
    if said:
        placing.place(audit=audit, submission=file, organ=organ.pk, year=str(YEAR), scope=said)
    told = next(line.told for line in lines(county, YEAR) if line.organ == organ)
    assert (told.cells.get(TOTAL), State.MISSING in told.states) == (adds, adds is None)
    assert consolidated(county, YEAR).cells[TOTAL].value == adds
    line = january(county, organ)
    assert line.state_zh == state
    unclear = whose == "政府" and not said
    assert (line.lacking == NOT_STATED, line.file == str(file.pk)) == (unclear, unclear or whose != "政府")
    assert any(note.endswith(UNCLEAR) for note in told.notes) == unclear


OTHER, OTHER_TOTAL = "applications.otherwise_closed.natural_person", "applications.otherwise_closed.total"


@pytest.mark.parametrize(("many", "said"), [(4, "“（六）其他处理”只有一行（总计4件）"), (0, "")])
def test_a_file_with_one_row_for_what_the_form_has_in_three_is_named_with_what_the_county_lacks(
    county, report, organs, many, said
) -> None:
    report.file(organs["部门"], date(2026, 1, 20), FIGURES | {OTHER: many, OTHER_TOTAL: many})
    told = next(line.told for line in lines(county, YEAR) if line.organ == organs["部门"])
    notes = [note for note in told.notes if "只有一行" in note]
    assert [said in note for note in notes] == ([True] if said else [])


def test_what_was_known_of_a_file_at_a_moment_is_what_was_said_of_it_by_then(audit, report, organs) -> None:
    government = organs["政府"]
    file, moments = report.file(government, date(2026, 1, 20), FIGURES), []
    Placement.objects.create(
        county=government.county, submission=file, organ=government, year=YEAR, way="exact", by=audit.actor
    )
    for said in (None, OWN, "", COUNTY):
        if said is not None:
            placing.place(audit=audit, submission=file, organ=government.pk, year=str(YEAR), scope=said)
        moments.append(timezone.now())
    assert [handed(government, YEAR, moment).scope for moment in moments] == ["", OWN, "", COUNTY]
    assert handed(government, YEAR).scope == COUNTY
    placing.place(audit=audit, submission=file, organ=government.pk, year=str(YEAR))
    assert handed(government, YEAR).scope == COUNTY, "who changes only the organ or the year leaves it"


def test_what_a_document_says_of_itself_nobody_says_otherwise(audit, report, organs) -> None:
    government = organs["政府"]
    file = report.file(government, date(2026, 1, 20), scope=COUNTY)
    for scope, why in ((OWN, "已经写明是全县汇总的"), ("whole", "请选择统计范围|已经写明")):
        with pytest.raises(Refused, match=why):
            placing.place(audit=audit, submission=file, organ=government.pk, year=str(YEAR), scope=scope)
    placing.place(audit=audit, submission=file, organ=government.pk, year=str(YEAR), scope=COUNTY)
    file.refresh_from_db()
    assert file.scope == COUNTY


def test_the_page_of_a_report_asks_which_it_is_before_it_is_published(client, audit, report, organs) -> None:
    file = report.file(organs["政府"], date(2026, 1, 20), FIGURES)
    page = reverse("report", args=[file.pk])
    shown = client.get(page).content.decode()
    assert "没有写明是本机关的，还是全县汇总的" in shown
    assert 'name="scope"' in shown
    with pytest.raises(Refused, match="没有写明是本机关的还是全县汇总的"):
        publishing.publish(audit=audit, submission=file)
    said = {"organ": str(organs["政府"].pk), "year": str(YEAR), "scope": OWN}
    client.post(reverse("place", args=[file.pk]), said)
    shown = client.get(page).content.decode()
    assert "没有写明是本机关的，还是全县汇总的" not in shown
    assert f'<option value="{OWN}" selected>' in shown
    other = report.file(organs["部门"], date(2026, 1, 20), FIGURES)
    assert 'name="scope"' not in client.get(reverse("report", args=[other.pk])).content.decode()


PUBLIC = [
    # the editions (published, ended; an end with "-" is a withdrawal), the day on which it counts as public
    ("01-20", "01-20"),
    ("01-20..02-10 02-10", "01-20"),
    ("01-20..-01-25", None),
    ("01-20..02-10 02-10..-02-12", None),
    ("01-20..-01-25 02-10", "02-10"),
    ("01-10..-01-12 01-20", "01-20"),
    ("02-10", "02-10"),
]


@pytest.mark.parametrize(("editions", "day"), PUBLIC)
def test_since_when_a_report_is_public_is_told_alike_in_january_and_in_the_assessment(
    county, audit, report, organs, editions, day
) -> None:
    organ, on = organs["部门"], date.fromisoformat(f"2026-{day}") if day else None
    for number, each in enumerate(editions.split(), start=1):
        since, _, end = each.partition("..")
        first = date.fromisoformat(f"2026-{since}")
        made = Publication.objects.create(
            county=county.pk, submission=report.file(organ, first), organ=organ, year=YEAR, edition=number, report={},
            by=audit.actor, recorded_at=at(first),
        )  # fmt: skip
        if end:
            why, until = ("withdrawn", end[1:]) if end.startswith("-") else ("replaced", end)
            PublicationEnd.objects.create(
                county=county.pk, publication=made, why=why, by=audit.actor,
                recorded_at=at(date.fromisoformat(f"2026-{until}")),
            )  # fmt: skip
    line = january(county, organ)
    assert line.seen.public_on == on
    assert ("公布，晚于法定期限" in line.late_zh) == (day == "02-10")
    found = annual_report(Asked(organ, "department", date(2026, 1, 1), date(2026, 12, 31), timezone.now()))
    assert (f"{on}公布" in found.says) == (on is not None)
    if on is not None:
        assert found.value == Answers({"published": True, "in_time": day == "01-20"})
    assert (organ.pk in public_since(county.pk, YEAR)) == (on is not None)
