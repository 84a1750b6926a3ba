"""The reference pages of the fourth chapter: decisions, remedies, procedure, letters, applicants and the tally."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module

from gongkai.law.citations import OUR_RULE
from gongkai.onrequest.applicants import CHANNELS
from gongkai.onrequest.decisions import OUTCOMES, Decision, decisions, evidence, grounds, of_outcome
from gongkai.onrequest.disputes import OUTCOMES as DISPUTE_OUTCOMES
from gongkai.onrequest.disputes import RESULTS
from gongkai.onrequest.guards import GUARDS
from gongkai.onrequest.letters import LetterType, field_names, letter_types
from gongkai.onrequest.procedure import ACTS, TABLE, WHEN, Act, diagram
from gongkai.onrequest.progress import STATES, State
from gongkai.onrequest.remedies import (
    MODES,
    NEW_LAW_ON,
    ORGAN_KINDS,
    WHO_RECONSIDERS,
    Mode,
    OrganKind,
    OrganSetting,
    remedy,
    settable,
    text_of,
)
from gongkai.scope.grounds import DUTIES

Table = Callable[[Iterable[str], Iterable[Iterable[str]]], str]

MADE = "<!-- 由 make reference 从代码生成，请勿手改。 -->\n\n"
REMEDIES_OF_LETTERS = {"decision": "按救济途径表", "neutral": "中性", "optional": "中性（可以不写）", "none": "不写"}


def _decision_rows(found: Iterable[Decision]) -> Iterable[tuple[str, ...]]:
    for d in found:
        yield (
            f"`{d.code}`",
            d.zh,
            DUTIES[d.duty] if d.duty else "—",
            d.basis,
            "、".join(e.zh for e in d.evidence)
            + ("；宜有：" + "、".join(e.zh for e in d.advised) if d.advised else ""),
            f"`{d.letter}`",
            f"`{d.row}`",
        )


def decisions_page(table: Table) -> str:
    """The twenty-five decisions, the grounds of a part, and what has to be on file."""
    parts = [
        "# 处理决定\n\n",
        MADE,
        f"申请只能以这 {len(decisions())} 种决定之一了结。下拉选单、答复书、救济告知和年度报告的行都从这一张表取"
        f"（`src/gongkai/onrequest/decisions.toml`）。依据一栏写“{OUR_RULE}”的，条例没有明文或者还没有核实，不作为法律依据显示。\n",
    ]
    for outcome, zh in OUTCOMES.items():
        parts += [
            f"\n## {zh}\n\n",
            table(
                ("代码", "决定", "应当/可以", "依据", "签发前在卷", "文书", "年度报告的行"),
                _decision_rows(of_outcome(outcome)),
            ),
        ]
    parts += [
        "\n2019 版格式的“其他处理”只有一行，后一组的五种决定都计入 `otherwise_closed`。\n",
        "\n## 部分公开时不公开部分的理由\n\n",
        table(("代码", "理由", "材料同"), ((f"`{g.key}`", g.zh, f"`{g.decision}`") for g in grounds().values())),
        "\n## 材料\n\n",
        table(
            ("代码", "材料", "要有什么", "依据"), ((f"`{e.key}`", e.zh, e.asks, e.basis) for e in evidence().values())
        ),
    ]
    return "".join(parts)


def remedies_page(table: Table) -> str:
    """Which remedies each decision has, who reconsiders, and the texts."""
    organ = OrganSetting(OrganKind.DEPARTMENT)
    found = {code: remedy(code, NEW_LAW_ON, OrganKind.OTHER) for code in decisions()}
    return "".join(
        (
            "# 救济途径\n\n",
            MADE,
            f"{NEW_LAW_ON} 起作出的决定按下表；此前作出的，沿用作出之日的救济告知，本系统只作中性告知。\n"
            "“中性告知”是还没有定论的：主管部门可以设定，设定之前不说先复议，也不说可以直接起诉。\n\n",
            "## 决定\n\n",
            table(
                ("代码", "决定", "救济途径", "依据", "可以设定为"),
                (
                    (
                        f"`{code}`",
                        decisions()[code].zh,
                        MODES[r.mode],
                        r.basis,
                        "；".join(MODES[m] for m in Mode if m in settable(code)) or "不能另行设定",
                    )
                    for code, r in found.items()
                ),
            ),
            "\n## 行政复议机关\n\n",
            table(
                ("机关", "行政复议机关", "依据"),
                (
                    (zh, WHO_RECONSIDERS[k][0], f"《{WHO_RECONSIDERS[k][1].law}》{WHO_RECONSIDERS[k][1].article}")
                    if k in WHO_RECONSIDERS
                    else (zh, "由该机关设定", OUR_RULE)
                    for k, zh in ORGAN_KINDS.items()
                ),
            ),
            "\n每个机关只问一次：复议机关的名称、管辖法院、网上提交的地址、谁答复谁做被告。\n",
            "\n## 文字\n\n",
            *(f"- {MODES[m]}：{''.join(text_of(code, NEW_LAW_ON, organ))}\n" for m, code in _EXAMPLES.items()),
            "\n## 复议、诉讼结果计入表四\n\n",
            f"计入哪一列是{OUR_RULE}；一审、二审是一件，只计一次。\n\n",
            table(
                ("结果", "计入"),
                ((o.zh, RESULTS[o.result] if o.result else "仍按原裁判") for o in DISPUTE_OUTCOMES.values()),
            ),
        )
    )


_EXAMPLES = {Mode.REVIEW_FIRST: "N1", Mode.EITHER: "G2", Mode.NEUTRAL: "U2"}


def _guards(keys: Iterable[str]) -> str:
    return "；".join("该决定的前提" if key == "needs" else GUARDS[key].says for key in keys)


def procedure_page(table: Table) -> str:
    """The diagram, the table of transitions, the guards, the channels."""
    order = list(State)
    return "".join(
        (
            "# 办理程序\n\n",
            MADE,
            "状态由登记的事实推出；事实从不拒绝登记，能不能做由下表决定，不能做的都说明理由和依据。\n\n",
            f"```mermaid\n{diagram()}```\n\n",
            "## 转换\n\n",
            table(
                ("在", "做", "到", "谁", "条件", "依据"),
                (
                    (
                        "、".join(STATES[s] for s in order if s in row.froms),
                        ACTS[row.act].zh,
                        (STATES[row.to] if row.to else "不变") + (f"（{WHEN[row.when]}）" if row.when else ""),
                        ACTS[row.act].who,
                        _guards(row.guards),
                        ACTS[row.act].basis,
                    )
                    for row in TABLE
                ),
            ),
            f"\n“{ACTS[Act.TRANSFER].zh}”不在表中：条例对申请没有规定移送。\n",
            "\n## 条件\n\n",
            table(
                ("代码", "条件", "依据", "不符而已经发生的"),
                ((f"`{g.key}`", g.says, g.basis, "可以作为事实登记" if g.recordable else "") for g in GUARDS.values()),
            ),
            "\n## 各渠道的收到之日\n\n",
            table(
                ("渠道", "收到之日", "当日与申请人确认", "依据"),
                (
                    (
                        c.zh,
                        _RECEIPT[c.receipt.value],
                        "应当" if c.confirm else "",
                        f"《{c.cites.law}》{c.cites.article}",
                    )
                    for c in CHANNELS.values()
                ),
            ),
        )
    )


_RECEIPT = {"submitted": "提交之日", "signed": "签收之日", "confirmed": "双方确认之日"}


def _letter(of: LetterType, table: Table) -> str:
    marks = [name for name, on in (("须审批", of.approval), ("用印", of.seal)) if on]
    facts = [
        ("何时用", of.use),
        ("编号的类别字", of.series or "不编号"),
        ("审批和用印", "、".join(marks) or "不需要"),
        ("救济告知", REMEDIES_OF_LETTERS[of.remedy]),
        ("必备要素", "、".join(field_names()[name] for name in of.needs)),
        ("引用", "、".join(f"条例{article}" for article in of.cites) or "—"),
    ]
    body = "".join(f"\n> {p.text}{f'（有“{field_names()[p.only_if]}”时）' if p.only_if else ''}\n" for p in of.body)
    return f"\n## {of.zh}（`{of.key}`）\n\n" + table(("项目", "内容"), facts) + body


EXAMPLES = (
    "onrequest.test_decisions",
    "onrequest.test_procedure",
    "onrequest.test_remedies",
    "onrequest.test_letters",
    "onrequest.test_applicants",
    "onrequest.test_disputes",
    "tally.test_tally",
)


def examples_page(table: Table) -> str:
    """The tables of the spec as they are tested: each row is a test."""
    parts = [
        "# 依申请公开的实例\n\n",
        MADE,
        "下面每一行都是一条测试：程序算出来的与表里写的不同，检查就通不过。单位、人名和数字都是虚构的。\n",
    ]
    for name in EXAMPLES:
        module = import_module(f"tests.spec.{name}")
        head, _, says = (module.__doc__ or "").strip().partition("：")
        parts.append(f"\n## {head}\n\n{says}\n")
        for title, text in module.PAGE:
            heads, *lines = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
            parts.append(f"\n### {title}\n\n" + table(heads, lines))
    return "".join(parts)


def letters_page(table: Table) -> str:
    """Every document with its words."""
    return "".join(
        (
            "# 文书\n\n",
            MADE,
            f"共 {len(letter_types())} 种。措辞为本系统自拟，签发前可以修改；花括号里是字段。必备要素缺了，草稿里会标出来并逐项列名。\n"
            "文号为“机关代字＋类别字＋〔年份〕＋序号＋号”，类别字各机关可以另定（本系统规则）。\n\n",
            table(("代码", "字段"), ((f"`{key}`", zh) for key, zh in field_names().items())),
            *(_letter(of, table) for of in letter_types().values()),
        )
    )
