"""The parts of the desk and their pages, as the head of every page shows them: those that this person may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse

from gongkai.web.people.policies import can_some

register = template.Library()

IN_ONE_ROW = 6
"""So many pages of a part are read at a glance; more of them are grouped."""


Page = tuple[str, str, str]
"""A page: the name of its address, its words, the act that opens it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Pages of a part that are sought together, and the words before them (none where the part has one group)."""

    words: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the desk: its words, its pages in groups, and where else its pages lie."""

    words: str
    groups: tuple[Group, ...]
    within: tuple[str, ...] = ()

    @property
    def pages(self) -> tuple[Page, ...]:
        """All its pages in their order."""
        return tuple(page for group in self.groups for page in group.pages)


PARTS = (
    Part(
        "待办",
        (
            Group(
                "",
                (
                    ("home", "待办", "people.own_account"),
                    ("overview", "总览", "overview.look"),
                    ("month", "日历", "onrequest.look"),
                ),
            ),
        ),
        ("/overview",),
    ),
    Part(
        "申请",
        (
            Group(
                "",
                (
                    ("cases", "全部申请", "onrequest.look"),
                    ("case-new", "登记申请", "onrequest.register"),
                    ("figures", "统计", "onrequest.statistics"),
                    ("ledger", "导入台账", "onrequest.import_ledger"),
                    ("platform", "导入省平台文件", "onrequest.import_ledger"),
                    ("secrecy", "隔离的文件", "onrequest.secrecy_file"),
                ),
            ),
        ),
        ("/cases", "/figures"),
    ),
    Part(
        "主动公开",
        (
            Group(
                "条目",
                (
                    ("entries", "目录条目", "proactive.look"),
                    ("review-queue", "待我审查", "proactive.look"),
                    ("entries-due", "期限和评估", "proactive.look"),
                    ("clarifications", "澄清", "proactive.look"),
                    ("precheck", "公开前检查", "files.precheck"),
                ),
            ),
            Group(
                "目录和栏目",
                (
                    ("coverage", "标准目录", "coverage.look"),
                    ("stale-columns", "栏目更新", "proactive.look"),
                    ("guides", "公开指南", "proactive.look"),
                    ("topics-desk", "专题", "rules.set"),
                ),
            ),
            Group(
                "登记和设置",
                (
                    ("release-ledger", "信息发布登记", "proactive.look"),
                    ("entry-settings", "环节和编号", "rules.look"),
                ),
            ),
        ),
        ("/entries", "/guides", "/coverage"),
    ),
    Part(
        "台账",
        (
            Group(
                "",
                (
                    ("ledgers", "全部台账", "registers.look"),
                    ("ledger-figures", "表二的数", "registers.look"),
                    ("ledger-documents", "规范性文件", "registers.look"),
                    ("ledger-budgets", "预决算", "registers.look"),
                    ("ledger-settings", "台账设置", "rules.look"),
                ),
            ),
        ),
        ("/ledgers",),
    ),
    Part(
        "互动交流",
        (
            Group(
                "",
                (
                    ("talk", "待我办理的来信", "interaction.look"),
                    ("talk-letters", "全部来信", "interaction.look"),
                    ("talk-consultations", "意见征集", "interaction.look"),
                    ("talk-figures", "来信统计", "interaction.statistics"),
                    ("hotline", "12345热线", "interaction.hotline"),
                    ("talk-questions", "热点问题", "interaction.hotline"),
                    ("talk-days", "答复时间", "interaction.look"),
                ),
            ),
        ),
        ("/talk",),
    ),
    Part(
        "收发与登记簿",
        (
            Group(
                "",
                (
                    ("mail", "收件登记", "onrequest.mail_room"),
                    ("registers", "文号、用印、送达", "onrequest.look"),
                    ("disputes", "复议诉讼", "onrequest.look"),
                    ("complaints", "投诉", "onrequest.complaint"),
                    ("corrections", "更正本人信息", "onrequest.correct_record"),
                    ("fees", "收费", "onrequest.look"),
                ),
            ),
        ),
        ("/mail", "/registers", "/disputes", "/complaints", "/corrections", "/fees"),
    ),
    Part(
        "网站",
        (
            Group(
                "导出和迁入",
                (
                    ("sites", "导出到网站", "cms.look"),
                    ("reconciliations", "网上核对", "cms.look"),
                    ("migrations", "迁入旧网站", "cms.look"),
                ),
            ),
            Group(
                "网站巡查",
                (
                    ("patrol", "巡查问题", "patrol.look"),
                    ("patrol-walks", "巡查记录", "patrol.carry"),
                    ("patrol-figures", "巡查统计", "patrol.look"),
                    ("patrol-settings", "归口和天数", "patrol.look"),
                ),
            ),
        ),
        ("/sites", "/reconciliations", "/migrations", "/patrol"),
    ),
    Part(
        "年度报告",
        (
            Group(
                "本机关编制",
                (
                    ("year", "年报数据", "compilation.look"),
                    ("words", "年报文字", "narrative.look"),
                    ("year-issues", "签发和定稿", "issuing.look"),
                ),
            ),
            Group(
                "全县汇总",
                (
                    ("collection", "汇总表", "collection.look"),
                    ("collection-january", "年报进度", "collection.look"),
                    ("collection-periods", "各期统计", "collection.look"),
                    ("collection-templates", "上报模板", "collection.look"),
                    ("collection-settings", "汇总设置", "collection.keep"),
                ),
            ),
            Group(
                "报告核对",
                (
                    ("start", "交来的报告", "annual.look"),
                    ("compare", "历年对照", "annual.look"),
                    ("compare-peers", "同类机关对照", "annual.look"),
                    ("downloads", "导出", "annual.write"),
                ),
            ),
        ),
        ("/annual", "/reports", "/batches", "/downloads", "/year", "/collection", "/compare"),
    ),
    Part(
        "监督考核",
        (
            Group(
                "任务",
                (
                    ("oversight", "监督", "oversight.look"),
                    ("oversight-points", "工作要点", "oversight.look"),
                    ("oversight-tasks", "任务清单", "oversight.look"),
                    ("oversight-settings", "监督设置", "oversight.assign"),
                ),
            ),
            Group(
                "检查",
                (
                    ("oversight-inspections", "检查", "oversight.look"),
                    ("oversight-checklists", "检查清单", "oversight.inspect"),
                    ("oversight-problems", "问题清单", "oversight.look"),
                ),
            ),
            Group(
                "通知和培训",
                (
                    ("oversight-notices", "通知和通报", "oversight.look"),
                    ("oversight-trainings", "培训", "oversight.learn"),
                ),
            ),
            Group(
                "投诉和追究",
                (
                    ("oversight-complaints", "投诉的处理", "oversight.account"),
                    ("oversight-accountability", "责任追究", "oversight.account"),
                ),
            ),
            Group(
                "考核",
                (
                    ("assessment", "考核", "assessment.look"),
                    ("assessment-schemes", "考核方案", "assessment.look"),
                    ("assessment-mocks", "模拟申请", "assessment.mock"),
                ),
            ),
            Group(
                "社会评议",
                (
                    ("appraisal", "社会评议", "appraisal.look"),
                    ("appraisal-settings", "评议设置", "appraisal.set"),
                ),
            ),
        ),
        ("/oversight", "/assessment", "/appraisal/"),
    ),
    Part(
        "管理",
        (
            Group(
                "机关与人员",
                (
                    ("organs", "机关名录", "annual.look"),
                    ("organ-tree", "机关设置", "organs.keep_tree"),
                    ("people", "人员", "people.look"),
                    ("permissions", "权限表", "people.own_account"),
                ),
            ),
            Group(
                "设置",
                (
                    ("rules", "本县设置", "rules.look"),
                    ("erasures", "个人信息的保存和删除", "erasure.look"),
                    ("messages", "短信和邮件", "messages.look"),
                    ("clients", "接入方", "api.keep_clients"),
                    ("packages", "两网数据包", "onrequest.carry_packages"),
                ),
            ),
            Group("审计", (("audit", "审计记录", "audit.look"),)),
        ),
        ("/organs", "/people", "/rules", "/erasures", "/messages", "/clients", "/packages", "/audit"),
    ),
)
"""The desk in its order: no more parts than stand in one row. A part is shown when one of its pages may be opened, and
leads to the first of them."""


def _open_to(person: Any, pages: tuple[Page, ...]) -> list[tuple[str, str]]:
    return [(name, words) for name, words, act in pages if person is not None and can_some(person, act)]


def _name(request: Any) -> str:
    match = getattr(request, "resolver_match", None)
    return match.url_name if match else ""


def _here(request: Any, part: Part) -> bool:
    return _name(request) in {page[0] for page in part.pages} or request.path.startswith(part.within or ("\0",))


@register.inclusion_tag("_parts.html", takes_context=True)
def desk_parts(context: dict[str, Any]) -> dict[str, Any]:
    """The main navigation; for a stranger nothing."""
    person, request = context.get("person"), context["request"]
    own = "permissions"
    shown = []
    for part in PARTS:
        pages = _open_to(person, part.pages)
        if pages and [name for name, _ in pages] != [own]:
            shown.append((reverse(pages[0][0]), part.words, _here(request, part)))
    return {"parts": shown}


@register.inclusion_tag("_pages.html", takes_context=True)
def desk_pages(context: dict[str, Any]) -> dict[str, Any]:
    """The pages of the part in which this page lies, when it is one of them and there is more than one.

    A few pages stand in one row; more of them in their groups, each with its words.
    """
    person, name = context.get("person"), _name(context["request"])
    for part in PARTS:
        pages = _open_to(person, part.pages)
        if len(pages) < 2 or name not in dict(pages):
            continue
        opened = [(group.words, _open_to(person, group.pages)) for group in part.groups]
        if len(pages) <= IN_ONE_ROW:
            opened = [("", pages)]
        rows = [(words, [(reverse(p), said, p == name) for p, said in row]) for words, row in opened if row]
        return {"words": part.words, "page": dict(pages)[name], "rows": rows}
    return {"rows": []}
