"""The reference pages of the second and third chapters: what is published, by when, and how it is released."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from gongkai.law.citations import OUR_RULE
from gongkai.law.parameters import PARAMETERS
from gongkai.proactive.catalogue import NEEDS, columns, elements, kinds
from gongkai.proactive.guards import GUARDS
from gongkai.proactive.items import WHERE, items
from gongkai.proactive.limits import LIMITS
from gongkai.proactive.procedure import ACTS, TABLE, WHEN, diagram
from gongkai.proactive.progress import STATES, State
from gongkai.proactive.stages import ALWAYS, DEFAULT, DEFAULT_NORMATIVE, STAGES
from gongkai.scope.grounds import DUTIES, grounds
from gongkai.scope.modes import MODES

Table = Callable[[Iterable[str], Iterable[Iterable[str]]], str]
MADE = "<!-- 由 make reference 从代码生成，请勿手改。 -->\n\n"
EXAMPLES = ("proactive.test_release", "proactive.test_rules")


def catalogue_page(table: Table) -> str:
    """Modes and grounds, items of the law, kinds of entries, metadata, columns, limits."""
    traits = (
        ("document", "有发文字号"),
        ("normative", "规范性文件"),
        ("policy", "须同步解读"),
        ("period", "限时公开"),
    )
    return "".join(
        (
            "# 主动公开目录\n\n",
            MADE,
            f"公开属性、法定事项、元数据、栏目和期限都是数据（`src/gongkai/scope`、`src/gongkai/proactive`）。依据写“{OUR_RULE}”的，不作为法律依据显示。\n\n",
            "## 公开属性和不予公开的情形\n\n",
            f"公开属性是{'、'.join(MODES.values())}之一。依申请公开的写明理由；不予公开的选定情形并写明理由，否则自动退回。\n\n",
            table(
                ("代码", "情形", "应当/可以不公开", "理由写什么", "依据"),
                ((f"`{g.key}`", g.zh, DUTIES[g.duty] if g.duty else "—", g.asks, g.basis) for g in grounds().values()),
            ),
            "\n## 法定主动公开事项\n\n",
            table(
                ("代码", "条文", "原文", "适用于"),
                ((f"`{i.key}`", i.article, i.zh, WHERE[i.where]) for i in items().values()),
            ),
            "\n## 条目的种类\n\n",
            table(
                ("代码", "种类", "特征"),
                (
                    (f"`{k.key}`", k.zh, "、".join(zh for key, zh in traits if getattr(k, key)) or "—")
                    for k in kinds().values()
                ),
            ),
            "\n## 元数据\n\n",
            table(
                ("代码", "名称", "要求", "依据"),
                (
                    (
                        f"`{e.key}`",
                        e.zh,
                        NEEDS[e.need] + (f"（{dict(traits)[e.when]}）" if e.when else ""),
                        e.basis,
                    )
                    for e in elements().values()
                ),
            ),
            "\n## 栏目（缺省，各县可以增减）\n\n",
            table(
                ("代码", "栏目", "在"),
                ((f"`{c.key}`", c.zh, columns()[c.parent].zh if c.parent else "四个板块") for c in columns().values()),
            ),
            "\n## 公开期限\n\n本机关自定的期限另列在旁边，短于法定期限才起作用，从不写成法定期限。\n\n",
            table(
                ("代码", "事项", "法定期限", "起算", "依据"),
                (
                    (
                        f"`{key}`",
                        zh,
                        f"{PARAMETERS[key].values[-1].amount}{PARAMETERS[key].unit.label}",
                        f"自{PARAMETERS[key].counts_from}起",
                        PARAMETERS[key].values[-1].basis,
                    )
                    for key, zh in LIMITS.items()
                ),
            ),
        )
    )


def procedure_page(table: Table) -> str:
    """The diagram, the stages, the table of transitions, the guards."""
    plans = (("一般信息", DEFAULT), ("行政规范性文件", DEFAULT_NORMATIVE))
    return "".join(
        (
            "# 审查和发布程序\n\n",
            MADE,
            "状态由登记的事实推出。审查的是一稿：改动一个字就是新的一稿，各环节重新走。什么时候公开哪一稿由发布的起止时间推出，"
            "到期、撤回即时生效，不等任何后台事项。更正时原稿照常公开，新稿走完全部环节才替换。\n\n",
            f"```mermaid\n{diagram()}```\n\n",
            "## 环节\n\n",
            table(
                ("代码", "环节", "看什么", "能否省略", "依据"),
                ((f"`{s.value}`", i.zh, i.asks, "不能" if s in ALWAYS else "可以", i.basis) for s, i in STAGES.items()),
            ),
            "\n缺省的环节：" + "；".join(f"{zh}：{'、'.join(STAGES[s].zh for s in p.stages)}" for zh, p in plans),
            "。每个机关、每种条目可以另设，也可以由主管部门代办其中的环节；紧急件次序优先，环节一个不少。\n\n",
            "## 转换\n\n",
            table(
                ("在", "做", "到", "谁", "条件", "依据"),
                (
                    (
                        "、".join(STATES[s] for s in State if s in row.froms),
                        ACTS[row.act].zh,
                        (STATES[row.to] if row.to else "不变") + (f"（{WHEN[row.when]}）" if row.when else ""),
                        ACTS[row.act].who,
                        "；".join(GUARDS[key].says for key in row.guards),
                        ACTS[row.act].basis,
                    )
                    for row in TABLE
                ),
            ),
            "\n## 条件\n\n",
            table(("代码", "条件", "依据"), ((f"`{g.key}`", g.says, g.basis) for g in GUARDS.values())),
        )
    )


def examples_page(table: Table) -> str:
    """The tables of the spec as they are tested: each row is a test."""
    parts = ["# 主动公开的实例\n\n", MADE, "下面每一行都是一条测试。单位、人名和数字都是虚构的。\n"]
    for name in EXAMPLES:
        module = import_module(f"tests.spec.{name}")
        head, _, says = (module.__doc__ or "").strip().partition("：")
        parts.append(f"\n## {head}\n\n{says}\n")
        for title, text in module.PAGE:
            heads, *lines = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
            parts.append(f"\n### {title}\n\n" + table(heads, [[*cells, ""][: len(heads)] for cells in lines]))
    return "".join(parts)


def pages(reference: Path, table: Table) -> dict[Path, Callable[[], str]]:
    """The pages and what makes them."""
    return {
        reference / "proactive.md": lambda: catalogue_page(table),
        reference / "release-procedure.md": lambda: procedure_page(table),
        reference / "examples-proactive.md": lambda: examples_page(table),
    }
