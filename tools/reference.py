"""Writes the reference pages from the code: `python -m tools.reference`, with `--check` only compares.

A page that differs from what the code says is a failed check: the reference is never written by hand.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from gongkai.annual.check import all_rules
from gongkai.annual.findings import GRADES, KINDS
from gongkai.annual.forms import EDITIONS, Form, FormBlock, form
from gongkai.annual.identities import Expression, Identity
from gongkai.annual.relations import identities, identities_between_years
from gongkai.cli.chinese import speaking_chinese
from gongkai.cli.parser import build
from gongkai.web.people.done import APPS
from gongkai.web.people.permissions import ACTS, APPOINTED, PERMISSIONS, ROLES
from tools import reference_api, reference_law, reference_ledgers, reference_onrequest, reference_proactive

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
DECISIONS = ROOT / "docs" / "decisions"
MADE = "<!-- 由 make reference 从代码生成，请勿手改。 -->\n\n"

EACH = {
    "column": "每列",
    "row": "每行",
    "kind": "每类案件",
    "document": "每类文件",
    "item": "每类事项",
    "cell": "一处",
}


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    heads = list(heads)
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    lines += ["| " + " | ".join(str(c).replace("|", "\\|").replace("\n", "<br>") for c in r) + " |" for r in rows]
    return "\n".join(lines) + "\n"


# ── findings ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def findings_page() -> str:
    """Every rule that can speak: its id, its kind, its grade, what it says and on what it rests."""
    parts = [
        "# 核查发现\n\n",
        MADE,
        "每条发现有编号、种类、等级、所涉单元格或原文、所见与应为、依据和建议。人的判断记在发现的指纹上，规则改版后仍然有效。\n\n",
        "等级：\n\n",
        table(
            ("等级", "代码", "含义"),
            (
                (GRADES["conflict"], "`conflict`", "两处不能同时为真"),
                (GRADES["doubt"], "`doubt`", "细心的审核人会问一句"),
                (GRADES["note"], "`note`", "知道即可"),
            ),
        ),
    ]
    for kind, name in KINDS.items():
        rules = [rule for rule in all_rules().values() if rule.kind == kind]
        if not rules:
            continue
        parts += [
            f"\n## {name}（`{kind}`）\n\n",
            table(
                ("编号", "等级", "说的是", "依据"),
                (
                    (f"`{r.id}`", GRADES[r.grade], r.says, r.citation or "核对规则，不是规定")
                    for r in sorted(rules, key=lambda rule: rule.id)
                ),
            ),
        ]
    return "".join(parts)


# ── relations ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _labels(of: Form, each: str) -> dict[str, str]:
    """What the form calls a key. A row of table 三 goes by its sign, as in the relation that the form itself prints."""
    if each == "column":
        return {r.key: r.sign or r.label for r in of.rows}
    if each == "row":
        return {c.key: c.label for c in of.columns}
    if each == "kind":
        return {c.key: c.label for c in of.results}
    return {c.key: c.label for block in of.blocks for c in block.columns}


def _written(side: Expression, labels: dict[str, str]) -> str:
    words = []
    for term in side.terms:
        name = labels.get(term.key, term.key)
        words.append(("＋ " if term.sign > 0 else "－ ") + ("上年·" if term.last_year else "") + name)
    return " ".join(words).removeprefix("＋ ") or "0"


def _identity_rows(found: Iterable[Identity], of: Form) -> Iterable[tuple[str, ...]]:
    for identity in found:
        sign = {"=": "＝", ">=": "≥", "<=": "≤"}[identity.operator]
        labels = _labels(of, identity.each)
        yield (
            f"`{identity.id}`",
            GRADES[identity.grade],
            EACH[identity.each],
            f"{_written(identity.left, labels)} {sign} {_written(identity.right, labels)}",
            identity.says,
            identity.citation or "核对规则，不是规定",
        )


def relations_page() -> str:
    """Every relation between cells, as it is computed."""
    heads = ("编号", "等级", "对", "关系", "说的是", "依据")
    parts = [
        "# 勾稽关系\n\n",
        MADE,
        "每条关系只有三种结论：*成立*、*不成立*、*无法判断*。某格空白或没有读准，结论就是*无法判断*：空白不是零。\n"
        "合计由表格式本身得出（格式里写明哪几行、哪几列相加），其余几条写成式子。同一条式子既在一份报告上计算，也能写成 SQL 在许多份报告上计算。\n",
    ]
    for edition in EDITIONS:
        of = form(edition)
        parts += [
            f"\n## {edition} 版（{of.document_number}）\n\n",
            f"一份报告之内，共 {sum(len(i.at(of)) for i in identities(edition))} 处：\n\n",
            table(heads, _identity_rows(identities(edition), of)),
            "\n与上一年报告之间：\n\n",
            table(heads, _identity_rows(identities_between_years(edition, edition), of)),
        ]
    return "".join(parts)


# ── forms ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _block(block: FormBlock) -> str:
    heads = ("信息内容", *(c.label for c in block.columns))
    rows = ((r.label, *(f"`proactive.{r.key}.{c.key}`" for c in block.columns)) for r in block.rows)
    return f"\n{block.head}\n\n" + table(heads, rows)


def _form(edition: str) -> str:
    of = form(edition)
    years = f"{of.first_year} 年度起" + (f"至 {of.last_year} 年度" if of.last_year else "")
    parts = [f"\n## {edition} 版\n\n{of.document_number}，{years}的报告使用，共 {len(of.cells)} 格。\n"]
    parts += ["\n### 章\n\n", *(f"- {s.heading}\n" for s in of.sections)]
    parts += ["\n### 表二\n", *(_block(block) for block in of.blocks)]
    parts += [
        "\n### 表三\n\n",
        f"表头左上角印有：{of.corner}\n\n",
        "列：" + "、".join(f"{c.label} `{c.key}`" for c in of.columns) + "。地址为 `applications.行.列`。\n\n",
        table(
            ("行", "代码", "合计自"),
            ((" · ".join((*r.groups, r.label)), f"`{r.key}`", _sum(r.sum_of)) for r in of.rows),
        ),
        "\n### 表四\n\n",
        "结果：" + "、".join(f"{c.label} `{c.key}`" for c in of.results) + "。地址为 `disputes.类.结果`。\n\n",
        table(("类", "代码"), ((" · ".join((*k.groups, k.label)), f"`{k.key}`") for k in of.kinds)),
    ]
    return "".join(parts)


def _sum(keys: tuple[str, ...]) -> str:
    if not keys:
        return ""
    return f"`{keys[0]}` … `{keys[-1]}` 共 {len(keys)} 行"


def forms_page() -> str:
    """Every edition of the form: chapters, rows, columns, addresses."""
    return (
        "# 年度报告格式\n\n"
        + MADE
        + "格式是数据，一版一个文件（`src/gongkai/annual/forms/`）。每格有固定地址，JSON、表格导出和核查都用它。\n"
        + "".join(_form(edition) for edition in EDITIONS)
    )


# ── permissions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def permissions_page() -> str:
    """Who may do what for whom: the one table."""
    signs = {
        (): "",
        ("own",): "本",
        ("own", "passed_on"): "本、转",
        ("passed_on", "other"): "外",
        ("own", "passed_on", "other"): "全",
    }
    parts = [
        "# 权限表\n\n",
        MADE,
        "每种身份可以办理什么，只由这一张表决定（`src/gongkai/web/people/permissions.py`），页面、接口和文件下载都查它。"
        "“本”是本机关的，“转”是其他机关请求协助或者征求意见而转来的，“外”是本机关以外的，“全”是不限机关，空白是不可以。"
        "系统管理员、安全管理员、审计管理员由三个不同的人专任。本机操作人只在没有启用账号的单人模式中存在，可以办理全部事项。\n",
    ]
    for app, words in APPS.items():
        acts = [(act, says) for act, says in ACTS.items() if act.startswith(app + ".")]
        if acts:
            heads = ("事项", "代码", *(ROLES[role] for role in APPOINTED))
            rows = [(s, f"`{a}`", *(signs[tuple(PERMISSIONS[r].get(a, ()))] for r in APPOINTED)) for a, s in acts]
            parts += [f"\n## {words}\n\n", table(heads, rows)]
    return "".join(parts)


# ── command line ─────────────────────────────────────────────────────────────────────────────────────────────────────


def commands_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands of a parser by name."""
    for action in parser._actions:  # noqa: SLF001  argparse has no public way to its commands
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            return dict(action.choices)
    return {}


def _plain_help(parser: argparse.ArgumentParser) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", parser.format_help()).rstrip() + "\n"


def cli_page() -> str:
    """The help of every command, as a terminal of 100 columns shows it."""
    os.environ["COLUMNS"] = "100"
    with speaking_chinese():
        parser = build()
        parts = ["# 命令行\n\n", MADE, "```text\n", _plain_help(parser), "```\n"]
        for name, command in commands_of(parser).items():
            parts += [f"\n## gongkai {name}\n\n```text\n", _plain_help(command), "```\n"]
            for act, inner in commands_of(command).items():
                parts += [f"\n### gongkai {name} {act}\n\n```text\n", _plain_help(inner), "```\n"]
    return "".join(parts)


# ── decisions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def decisions_page() -> str:
    """The index of decisions: title, day, status, from the head of each file."""
    rows = []
    for path in sorted(DECISIONS.glob("*.md")):
        if path.name == "README.md":
            continue
        text = path.read_text("utf-8")
        title = text.splitlines()[0].removeprefix("# ")
        head = dict(re.findall(r"^(Date|Status): (.+)$", text, flags=re.MULTILINE))
        rows.append((f"[{title}]({path.name})", head["Date"], head["Status"]))
    return (
        "# Decisions\n\n<!-- Made by make reference from the files beside it. -->\n\n"
        "Each decision is one page of about twenty lines: context, decision, consequences. A decision is superseded by a "
        "newer one, never edited; the file's name is its slug.\n\n" + table(("decision", "date", "status"), rows)
    )


# ── README ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_SHOWN = re.compile(r"(?<=```console\n)\$ gongkai (check [^\n]+)\n.*?(?=```)", re.DOTALL)


def readme_page() -> str:
    """The README with what the command in it really prints."""

    def printed(match: re.Match[str]) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "gongkai.cli", *match[1].split()],
            cwd=ROOT,
            env={**os.environ, "COLUMNS": "96"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return f"$ gongkai {match[1]}\n{done.stdout.strip()}\n"

    return _SHOWN.sub(printed, (ROOT / "README.md").read_text("utf-8"))


PAGES: dict[Path, Callable[[], str]] = {
    REFERENCE / "findings.md": findings_page,
    REFERENCE / "relations.md": relations_page,
    REFERENCE / "forms.md": forms_page,
    REFERENCE / "handling-decisions.md": lambda: reference_onrequest.decisions_page(table),
    REFERENCE / "remedies.md": lambda: reference_onrequest.remedies_page(table),
    REFERENCE / "procedure.md": lambda: reference_onrequest.procedure_page(table),
    REFERENCE / "examples-onrequest.md": lambda: reference_onrequest.examples_page(table),
    REFERENCE / "documents.md": lambda: reference_onrequest.letters_page(table),
    **reference_law.pages(REFERENCE),
    **reference_proactive.pages(REFERENCE, table),
    **reference_ledgers.pages(REFERENCE, table),
    REFERENCE / "cli.md": cli_page,
    REFERENCE / "permissions.md": permissions_page,
    REFERENCE / "api.md": lambda: reference_api.page(MADE, table),
    DECISIONS / "README.md": decisions_page,
    ROOT / "README.md": readme_page,
}


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check name those that are not what the code says (exit status 1)."""
    stale = []
    for path, page in PAGES.items():
        text = page()
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale.append(str(path.relative_to(ROOT)))
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    for name in stale:
        print(f"{name}: {'与代码不一致，请执行 make reference' if '--check' in arguments else '已重写'}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
