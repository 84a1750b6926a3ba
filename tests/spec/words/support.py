"""An invented county's report: one set of cells, and sentences set before them."""

from __future__ import annotations

from gongkai.annual.findings import Finding
from gongkai.annual.forms import form
from gongkai.annual.report import At, Cell, Report, SectionText, Source
from gongkai.annual.words import check_words

COLUMNS = (
    "natural_person",
    "enterprise",
    "research_institution",
    "public_benefit_organisation",
    "legal_service_provider",
    "other_organisation",
    "total",
)
# 新收 10（自然人 8、企业 2），上年结转 2，办结 11，结转下年度 1；复议 3（维持 2、未审结 1），诉讼 直接 1、复议后 1。
ROWS: dict[str, tuple[int, ...]] = {
    "received": (8, 2, 0, 0, 0, 0, 10),
    "brought_forward": (2, 0, 0, 0, 0, 0, 2),
    "disclosed": (3, 1, 0, 0, 0, 0, 4),
    "disclosed_in_part": (2, 0, 0, 0, 0, 0, 2),
    "withheld.internal_affairs": (1, 0, 0, 0, 0, 0, 1),
    "withheld.process_information": (1, 0, 0, 0, 0, 0, 1),
    "unavailable.not_held": (1, 1, 0, 0, 0, 0, 2),
    "not_processed.repeated": (1, 0, 0, 0, 0, 0, 1),
    "concluded": (9, 2, 0, 0, 0, 0, 11),
    "carried_forward": (1, 0, 0, 0, 0, 0, 1),
}
SINGLES = {
    "disputes.reconsideration.upheld": 2,
    "disputes.reconsideration.pending": 1,
    "disputes.reconsideration.total": 3,
    "disputes.direct_litigation.upheld": 1,
    "disputes.direct_litigation.total": 1,
    "disputes.litigation_after_reconsideration.corrected": 1,
    "disputes.litigation_after_reconsideration.total": 1,
    "proactive.normative_documents.issued": 5,
    "proactive.normative_documents.repealed": 2,
    "proactive.normative_documents.in_force": 30,
    "proactive.licences.decisions": 1200,
    "proactive.penalties.decisions": 60,
    "proactive.compulsory_measures.decisions": 3,
}


def cells(**changes: int) -> dict[str, Cell]:
    """The invented cells; every other cell is 0. A change is named by its address, `__` for a dot."""
    values = dict.fromkeys(form("2021").addresses, 0)
    for row, numbers in ROWS.items():
        values.update({f"applications.{row}.{c}": n for c, n in zip(COLUMNS, numbers, strict=True)})
    values.update(SINGLES)
    values.update({address.replace("__", "."): n for address, n in changes.items()})
    return {address: Cell(value, str(value)) for address, value in values.items()}


def report(
    words: str,
    *,
    organ: str | None = "青河县人民政府",
    year: int | None = 2023,
    empty: bool = False,
    chapter: int = 1,
    table: dict[str, Cell] | None = None,
) -> Report:
    """A report whose chapter says these words; `empty`: every count is 0."""
    found = table if table is not None else cells()
    if empty:
        found = {a: Cell(0, "0") for a in form("2021").addresses}
    head = "青河县2023年政府信息公开工作年度报告\n"
    text = head + words + "\n"
    return Report(
        Source("invented.txt", "txt"),
        edition="2021",
        organ=organ,
        year=year,
        cells=found,
        text=text,
        sections={chapter: SectionText(words, At(chars=(len(head), len(head) + len(words))))},
    )


def said(found: list[Finding]) -> list[tuple[str, str]]:
    """Rule and grade of each finding."""
    return [(f.id, f.grade) for f in found]


def check(words: str, **settings: object) -> list[Finding]:
    """The findings on a report that says these words, each quoting them verbatim."""
    made = report(words, **settings)  # type: ignore[arg-type]
    found = check_words(made)
    for one in found:
        assert one.quote and one.quote in made.text
        assert one.at.chars and made.text[slice(*one.at.chars)] == one.quote
    return found
