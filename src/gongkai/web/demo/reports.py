"""The demonstration reports as data, built cell by cell; totals are summed here unless a report is to be wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gongkai.annual.forms import form
from gongkai.annual.report import Cell, Number, Report, SectionText, Source
from gongkai.web.demo import words

COUNTY = "云岭县"
ORGANS: tuple[tuple[str, str], ...] = (
    ("云岭县人民政府办公室", "县级部门"),
    ("云岭县发展和改革局", "县级部门"),
    ("云岭县教育局", "县级部门"),
    ("云岭县公安局", "县级部门"),
    ("云岭县民政局", "县级部门"),
    ("云岭县自然资源局", "县级部门"),
    ("云岭县卫生健康局", "县级部门"),
    ("云岭县石桥镇人民政府", "乡镇（街道）"),
    ("云岭县青禾乡人民政府", "乡镇（街道）"),
    ("云岭县云岭街道办事处", "乡镇（街道）"),
)
PERSON, FIRM = "natural_person", "enterprise"
Applications = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Sample:
    """A report of the demonstration: what it says, in which format it comes, and what is wrong with it.

    `changed` are figures that contradict the sums, `left_out` tables that its sender forgot, `period` another year
    left standing in the preface; `wording` chooses one of two sets of sentences. `again`: it corrects one that came.
    """

    organ: str
    year: int
    format: str
    published: str
    answered: str
    applications: Applications = field(default_factory=dict)
    documents: tuple[int, int, int] = (0, 0, 0)
    decisions: tuple[int, int, int] = (0, 0, 0)
    charges: Number = 0
    disputes: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    one_row_other: bool = False
    left_out: tuple[int, ...] = ()
    wording: int = 0
    period: int | None = None
    picture: bool = False
    again: bool = False

    @property
    def name(self) -> str:
        """The file name it comes under."""
        ending = "pdf" if self.picture else self.format
        said = "（更正）" if self.again else ""
        return f"{self.organ}{self.year}年政府信息公开工作年度报告{said}.{ending}"


def report_of(sample: Sample) -> Report:
    """The whole report."""
    values = {**_proactive(sample), **_applications(sample), **_disputes(sample), **sample.changed}
    if sample.one_row_other:
        values = _drawn_together(values)
    sections = {
        1: words.general(sample.published, sample.answered, sample.documents, sample.wording),
        5: words.PROBLEMS[sample.wording],
        6: words.FEES[sample.wording],
    }
    return Report(
        source=Source(sample.name, sample.format),
        edition="2021",
        organ=sample.organ,
        year=sample.year,
        title=f"{sample.organ}{sample.year}年政府信息公开工作年度报告",
        cells={address: Cell(value, str(value)) for address, value in values.items()},
        preface=SectionText(words.PREFACE.format(year=sample.period or sample.year, organ=sample.organ)),
        sections={number: SectionText(text) for number, text in sections.items()},
    )


def _proactive(sample: Sample) -> dict[str, Number]:
    rules = dict.fromkeys(("issued", "repealed", "in_force"), 0)
    issued, repealed, in_force = sample.documents
    licences, penalties, compulsory = sample.decisions
    documents = {"issued": issued, "repealed": repealed, "in_force": in_force}
    return {
        **{f"proactive.government_rules.{k}": v for k, v in rules.items()},
        **{f"proactive.normative_documents.{k}": v for k, v in documents.items()},
        "proactive.licences.decisions": licences,
        "proactive.penalties.decisions": penalties,
        "proactive.compulsory_measures.decisions": compulsory,
        "proactive.charges.amount": sample.charges,
    }


def _applications(sample: Sample) -> dict[str, Number]:
    """Table 三 from what each kind of applicant asked for; both sums are made here."""
    edition = form("2021")
    values: dict[str, Number] = {}
    for column in edition.columns:
        if column.sum_of:
            continue
        told = sample.applications.get(column.key, {})
        for row in edition.rows:
            if not row.sum_of:
                values[f"applications.{row.key}.{column.key}"] = told.get(row.key, 0)
        for row in edition.rows:
            if row.sum_of:
                leaves = (values[f"applications.{leaf}.{column.key}"] for leaf in row.sum_of)
                values[f"applications.{row.key}.{column.key}"] = sum(leaves)
    for column in edition.columns:
        for row in edition.rows if column.sum_of else ():
            parts = (values[f"applications.{row.key}.{part}"] for part in column.sum_of)
            values[f"applications.{row.key}.{column.key}"] = sum(parts)
    return values


def _disputes(sample: Sample) -> dict[str, Number]:
    edition = form("2021")
    values: dict[str, Number] = {}
    for kind in edition.kinds:
        for result in edition.results:
            if not result.sum_of:
                values[f"disputes.{kind.key}.{result.key}"] = sample.disputes.get(f"{kind.key}.{result.key}", 0)
        parts = (values[f"disputes.{kind.key}.{r.key}"] for r in edition.results if not r.sum_of)
        values[f"disputes.{kind.key}.total"] = sum(parts)
    return values


def _drawn_together(values: dict[str, Number]) -> dict[str, Number]:
    """The three sub-rows of 其他处理 as the one row that offices print."""
    done: dict[str, Number] = {}
    for address, value in values.items():
        if address.startswith("applications.otherwise_closed."):
            one = f"applications.otherwise_closed.{address.rsplit('.', 1)[1]}"
            done[one] = done.get(one, 0) + value
        else:
            done[address] = value
    return done


SAMPLES: tuple[Sample, ...] = (
    Sample(
        "云岭县人民政府办公室",
        2024,
        "html",
        "全年主动公开政府信息312条，其中政府文件46条、政策解读38条、会议公开24条、其他信息204条。",
        "全年收到政府信息公开申请9件，其中网络申请6件、信函申请3件；上年结转0件；办结8件，结转下年度1件。",
        {
            PERSON: {
                "received": 7,
                "disclosed": 3,
                "disclosed_in_part": 1,
                "unavailable.not_held": 2,
                "carried_forward": 1,
            },
            FIRM: {"received": 2, "disclosed": 2},
        },
        documents=(4, 1, 21),
        wording=1,
    ),
    Sample(
        "云岭县人民政府办公室",
        2025,
        "docx",
        "全年主动公开政府信息338条，其中政府文件51条、政策解读44条、会议公开26条、其他信息217条。",
        "全年收到政府信息公开申请11件，其中网络申请7件、信函申请4件；上年结转1件；办结12件，没有结转下年度办理的申请。",
        {
            PERSON: {
                "received": 8,
                "brought_forward": 1,
                "disclosed": 4,
                "disclosed_in_part": 2,
                "unavailable.not_held": 2,
                "not_processed.petition_or_complaint": 1,
            },
            FIRM: {"received": 3, "disclosed": 3},
        },
        documents=(5, 2, 24),
        disputes={"reconsideration.upheld": 1},
    ),
    Sample(
        "云岭县教育局",
        2024,
        "xlsx",
        "全年主动公开政府信息146条，内容包括招生入学、教师招聘、学生资助等。",
        "全年收到政府信息公开申请6件，办结5件，结转下年度1件。",
        {
            PERSON: {
                "received": 6,
                "disclosed": 3,
                "withheld.internal_affairs": 1,
                "unavailable.not_held": 1,
                "carried_forward": 1,
            }
        },
        documents=(2, 0, 9),
        decisions=(37, 0, 0),
        charges=0,
    ),
    Sample(
        "云岭县教育局",
        2025,
        "docx",
        "全年主动公开政府信息158条，内容包括招生入学、教师招聘、学生资助等。",
        "全年收到政府信息公开申请7件，全部在法定期限内答复。",
        {
            PERSON: {"received": 6, "disclosed": 4, "withheld.internal_affairs": 1, "unavailable.not_yet_made": 1},
            FIRM: {"received": 1, "disclosed": 1},
        },
        documents=(1, 1, 9),
        decisions=(41, 0, 0),
        changed={"applications.concluded.natural_person": 7, "applications.concluded.total": 8},
    ),
    Sample(
        "云岭县发展和改革局",
        2025,
        "pdf",
        "全年主动公开政府信息203条，其中重大项目85条、价格和收费62条、规划计划18条、其他信息38条。",
        "全年收到政府信息公开申请4件，全部办结，没有结转下年度办理的申请。",
        {
            PERSON: {"received": 2, "disclosed": 1, "withheld.process_information": 1},
            FIRM: {"received": 2, "disclosed": 2},
        },
        documents=(2, 0, 11),
        decisions=(126, 3, 0),
    ),
    Sample(
        "云岭县公安局",
        2025,
        "html",
        "全年主动公开政府信息268条，其中警务公告92条、办事指南75条、执法公示96条。",
        "全年收到政府信息公开申请5件，办结5件。",
        {
            PERSON: {
                "received": 5,
                "disclosed": 1,
                "withheld.enforcement_case_file": 2,
                "not_processed.petition_or_complaint": 2,
            }
        },
        documents=(1, 0, 6),
        decisions=(3150, 1274, 18),
        charges=42,
        disputes={"reconsideration.upheld": 2, "direct_litigation.upheld": 1},
    ),
    Sample(
        "云岭县自然资源局",
        2025,
        "xlsx",
        "全年主动公开政府信息187条，内容包括土地征收、国土空间规划、不动产登记等。",
        "全年收到政府信息公开申请14件，办结13件，结转下年度1件。",
        {
            PERSON: {
                "received": 12,
                "disclosed": 5,
                "disclosed_in_part": 2,
                "unavailable.not_held": 3,
                "otherwise_closed.other": 1,
                "carried_forward": 1,
            },
            FIRM: {"received": 2, "disclosed": 2},
        },
        documents=(3, 0, 14),
        decisions=(512, 24, 0),
        one_row_other=True,
    ),
    Sample(
        "云岭县卫生健康局",
        2025,
        "txt",
        "全年主动公开政府信息134条，内容包括医疗机构执业许可、双随机抽查、健康科普等。",
        "全年收到政府信息公开申请3件，办结3件，未引发行政复议和行政诉讼。",
        {PERSON: {"received": 3, "disclosed": 2, "unavailable.not_held": 1}},
        documents=(0, 0, 5),
        decisions=(96, 12, 0),
        left_out=(4,),
        period=2024,
    ),
    Sample(
        "云岭县云岭街道办事处",
        2025,
        "pdf",
        "全年主动公开政府信息72条，内容包括社会救助、养老服务、财政预决算等。",
        "全年收到政府信息公开申请3件，办结3件。",
        {PERSON: {"received": 2, "disclosed": 2}},
        documents=(0, 0, 2),
    ),
    Sample(
        "云岭县石桥镇人民政府",
        2025,
        "pdf",
        "全年主动公开政府信息65条，内容包括惠农补贴、村务监督、财政预决算等。",
        "全年没有收到政府信息公开申请。",
        picture=True,
    ),
)

_RIGHT: dict[tuple[str, int], dict[str, object]] = {
    ("云岭县教育局", 2025): {
        "answered": "全年收到政府信息公开申请7件，上年结转1件，全部在法定期限内答复。",
        "applications": {
            PERSON: {
                "received": 6,
                "brought_forward": 1,
                "disclosed": 5,
                "withheld.internal_affairs": 1,
                "unavailable.not_yet_made": 1,
            },
            FIRM: {"received": 1, "disclosed": 1},
        },
        "changed": {},
    },
    ("云岭县公安局", 2025): {"published": "全年主动公开政府信息268条，其中警务公告92条、办事指南80条、执法公示96条。"},
    ("云岭县自然资源局", 2025): {"one_row_other": False},
    ("云岭县卫生健康局", 2025): {"left_out": (), "period": None},
    ("云岭县云岭街道办事处", 2025): {"answered": "全年收到政府信息公开申请2件，办结2件。"},
}
"""What was wrong in the reports of the second year, put right: four contradict themselves, one has an older form."""
CORRECTIONS: tuple[Sample, ...] = tuple(
    replace(sample, again=True, **_RIGHT[sample.organ, sample.year])  # type: ignore[arg-type]
    for sample in SAMPLES
    if (sample.organ, sample.year) in _RIGHT
)
"""The same reports as their organs handed them in again."""
