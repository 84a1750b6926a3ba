"""Reports of the years before, in the form of then: what makes the years beside each other longer than the new form."""

from __future__ import annotations

from datetime import date

from gongkai.annual.forms import form
from gongkai.annual.report import Cell, Report, SectionText, Source
from gongkai.documents import write
from gongkai.web.annual.desk import read_all
from gongkai.web.annual.services.intake import Incoming, hand_in
from gongkai.web.audit.services import Audit
from gongkai.web.demo.january import DESK, state_public
from gongkai.web.demo.then import then
from gongkai.web.demo.words import PREFACE
from gongkai.web.organs.models import County
from gongkai.web.people.models import Person

OFFICE = "云岭县人民政府办公室"
EDITION = "2019"
TAKEN_IN = date(2024, 1, 10)
"""When the county, which had the system then, took in what it had reported before."""
YEARS: dict[int, dict[str, int]] = {
    2019: {"received": 6, "brought_forward": 0, "disclosed": 4, "unavailable.not_held": 1, "carried_forward": 1},
    2020: {"received": 8, "brought_forward": 1, "disclosed": 5, "otherwise_closed": 2, "carried_forward": 2},
}
DOCUMENTS = {2019: (3, 3, 18), 2020: (2, 2, 20)}
WORDS = "{year}年，我办主动公开政府信息，收到政府信息公开申请{received}件，均在规定期限内办理。"
"""Applications of private persons alone; everything else is nought."""


def report_of(year: int) -> Report:
    """The office's report of a year in the form of 2019."""
    told, of = YEARS[year], form(EDITION)
    values = dict.fromkeys(of.addresses, 0)
    rows = told | {"concluded": told["received"] + told["brought_forward"] - told["carried_forward"]}
    for row, n in rows.items():
        for column in ("natural_person", "total"):
            values[f"applications.{row}.{column}"] = n
    for key, n in zip(("made", "disclosed", "disclosed_total"), DOCUMENTS[year], strict=True):
        values[f"proactive.normative_documents.{key}"] = n
    words = WORDS.format(year=year, received=told["received"])
    return Report(
        source=Source("", "html"),
        edition=EDITION,
        organ=OFFICE,
        year=year,
        title=f"{OFFICE}{year}年政府信息公开工作年度报告",
        cells={address: Cell(value, str(value)) for address, value in values.items()},
        preface=SectionText(PREFACE.format(year=year, organ=OFFICE)),
        sections={1: SectionText(words), 5: SectionText("公开的内容还不够丰富，将继续改进。"), 6: SectionText("无。")},
    )


def load_earlier(county: County, audit: Audit, people: dict[str, Person]) -> None:
    """Hand in the reports of those years, as pages, and state since when they are public. Only into an empty house."""
    with then(TAKEN_IN):
        for year in YEARS:
            report = report_of(year)
            file = Incoming(f"{report.title}.html", write(report, "html"))
            hand_in(
                audit=audit, files=[file], label=f"{year}年度报告", source="demo", received_on=date(year + 1, 1, 15)
            )
        read_all()
    for year in YEARS:
        state_public(county, Audit(people[DESK].pk, county.pk), year, TAKEN_IN)
