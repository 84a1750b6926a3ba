"""The parts of the desk and their pages, as the head of every page shows them: those that this person may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse

from gongkai.web.people.policies import can_some

register = template.Library()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the desk: its words, its pages as (name of the address, words, act), and what else lies in it."""

    words: str
    pages: tuple[tuple[str, str, str], ...]
    within: tuple[str, ...] = ()


PARTS = (
    Part("待办", (("home", "待办", "people.own_account"), ("month", "日历", "onrequest.look"))),
    Part(
        "申请",
        (
            ("cases", "全部申请", "onrequest.look"),
            ("case-new", "登记申请", "onrequest.register"),
            ("ledger", "导入台账", "onrequest.import_ledger"),
            ("platform", "导入省平台文件", "onrequest.import_ledger"),
            ("secrecy", "隔离的文件", "onrequest.secrecy_file"),
        ),
        ("/cases",),
    ),
    Part(
        "主动公开",
        (
            ("entries", "目录条目", "proactive.look"),
            ("review-queue", "待我审查", "proactive.look"),
            ("entries-due", "期限和评估", "proactive.look"),
            ("coverage", "标准目录", "coverage.look"),
            ("stale-columns", "栏目更新", "proactive.look"),
            ("release-ledger", "信息发布登记", "proactive.look"),
            ("clarifications", "澄清", "proactive.look"),
            ("precheck", "公开前检查", "files.precheck"),
            ("guides", "公开指南", "proactive.look"),
            ("topics-desk", "专题", "rules.set"),
            ("entry-settings", "环节和编号", "rules.look"),
        ),
        ("/entries", "/guides", "/coverage"),
    ),
    Part(
        "台账",
        (
            ("ledgers", "全部台账", "registers.look"),
            ("ledger-figures", "表二的数", "registers.look"),
            ("ledger-documents", "规范性文件", "registers.look"),
            ("ledger-budgets", "预决算", "registers.look"),
            ("ledger-settings", "台账设置", "rules.look"),
        ),
        ("/ledgers",),
    ),
    Part(
        "互动交流",
        (
            ("talk", "待我办理的来信", "interaction.look"),
            ("talk-letters", "全部来信", "interaction.look"),
            ("talk-consultations", "意见征集", "interaction.look"),
            ("talk-figures", "来信统计", "interaction.statistics"),
            ("hotline", "12345热线", "interaction.hotline"),
            ("talk-questions", "热点问题", "interaction.hotline"),
            ("talk-days", "答复时间", "interaction.look"),
        ),
        ("/talk",),
    ),
    Part(
        "收发与登记簿",
        (
            ("mail", "收件登记", "onrequest.mail_room"),
            ("registers", "文号、用印、送达", "onrequest.look"),
            ("disputes", "复议诉讼", "onrequest.look"),
            ("complaints", "投诉", "onrequest.complaint"),
            ("corrections", "更正本人信息", "onrequest.correct_record"),
            ("fees", "收费", "onrequest.look"),
        ),
        ("/mail", "/registers", "/disputes", "/complaints", "/corrections", "/fees"),
    ),
    Part(
        "网站",
        (
            ("sites", "导出到网站", "cms.look"),
            ("reconciliations", "网上核对", "cms.look"),
            ("migrations", "迁入旧网站", "cms.look"),
        ),
        ("/sites", "/reconciliations", "/migrations"),
    ),
    Part(
        "网站巡查",
        (
            ("patrol", "巡查问题", "patrol.look"),
            ("patrol-walks", "巡查记录", "patrol.carry"),
            ("patrol-figures", "巡查统计", "patrol.look"),
            ("patrol-settings", "归口和天数", "patrol.look"),
        ),
        ("/patrol",),
    ),
    Part("统计", (("figures", "统计", "onrequest.statistics"),)),
    Part(
        "年度报告",
        (
            ("start", "报告核对", "annual.look"),
            ("year", "年报数据", "compilation.look"),
            ("words", "年报文字", "narrative.look"),
            ("year-issues", "签发和定稿", "issuing.look"),
            ("collection", "全县汇总", "collection.look"),
            ("collection-periods", "各期统计", "collection.look"),
            ("collection-templates", "上报模板", "collection.look"),
            ("collection-settings", "汇总设置", "collection.keep"),
            ("compare", "两年对照", "annual.look"),
            ("downloads", "导出", "annual.write"),
        ),
        ("/reports", "/batches", "/downloads", "/year", "/collection"),
    ),
    Part(
        "监督考核",
        (
            ("oversight", "监督", "oversight.look"),
            ("oversight-points", "工作要点", "oversight.look"),
            ("oversight-tasks", "任务清单", "oversight.look"),
            ("oversight-inspections", "检查", "oversight.look"),
            ("oversight-checklists", "检查清单", "oversight.inspect"),
            ("oversight-problems", "问题清单", "oversight.look"),
            ("oversight-notices", "通知和通报", "oversight.look"),
            ("oversight-trainings", "培训", "oversight.learn"),
            ("oversight-complaints", "投诉的处理", "oversight.account"),
            ("oversight-accountability", "责任追究", "oversight.account"),
            ("oversight-settings", "监督设置", "oversight.assign"),
            ("assessment", "考核", "assessment.look"),
            ("assessment-schemes", "考核方案", "assessment.look"),
            ("assessment-mocks", "模拟申请", "assessment.mock"),
        ),
        ("/oversight", "/assessment"),
    ),
    Part(
        "机关与人员",
        (
            ("organs", "机关名录", "annual.look"),
            ("organ-tree", "机关设置", "organs.keep_tree"),
            ("people", "人员", "people.look"),
            ("permissions", "权限表", "people.own_account"),
        ),
        ("/organs", "/people"),
    ),
    Part(
        "设置",
        (
            ("rules", "本县设置", "rules.look"),
            ("erasures", "个人信息的保存和删除", "erasure.look"),
            ("clients", "接入方", "api.keep_clients"),
            ("packages", "两网数据包", "onrequest.carry_packages"),
        ),
        ("/rules", "/erasures", "/clients", "/packages"),
    ),
    Part("审计", (("audit", "审计记录", "audit.look"),), ("/audit",)),
)
"""The desk in its order. A part is shown when one of its pages may be opened, and leads to the first of them."""


def _open_to(person: Any, part: Part) -> list[tuple[str, str]]:
    return [(name, words) for name, words, act in part.pages if person is not None and can_some(person, act)]


def _here(request: Any, part: Part) -> bool:
    match = getattr(request, "resolver_match", None)
    name = match.url_name if match else ""
    return name in {page[0] for page in part.pages} or request.path.startswith(part.within or ("\0",))


@register.inclusion_tag("_parts.html", takes_context=True)
def desk_parts(context: dict[str, Any]) -> dict[str, Any]:
    """The main navigation; for a stranger nothing."""
    person, request = context.get("person"), context["request"]
    own = "permissions"
    shown = []
    for part in PARTS:
        pages = _open_to(person, part)
        if pages and [name for name, _ in pages] != [own]:
            shown.append((reverse(pages[0][0]), part.words, _here(request, part)))
    return {"parts": shown}


@register.inclusion_tag("_pages.html", takes_context=True)
def desk_pages(context: dict[str, Any]) -> dict[str, Any]:
    """The pages of the part in which this page lies, when it is one of them and there is more than one."""
    person, request = context.get("person"), context["request"]
    match = getattr(request, "resolver_match", None)
    name = match.url_name if match else ""
    for part in PARTS:
        pages = _open_to(person, part)
        if len(pages) > 1 and name in [page for page, _ in pages]:
            return {"words": part.words, "pages": [(reverse(p), words, p == name) for p, words in pages]}
    return {"pages": []}
