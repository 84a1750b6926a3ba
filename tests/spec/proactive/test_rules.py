"""期限、有效性和元数据：法定期限与本机关自定的分开，文件在任何一天有没有效，目录条目缺什么。"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gongkai.calendar import published
from gongkai.law.citations import OUR_RULE
from gongkai.law.errors import LawGap
from gongkai.proactive.catalogue import columns, elements, faults, kinds, theme_words, themes
from gongkai.proactive.items import items, items_of
from gongkai.proactive.limits import LIMITS, OwnLimit, due
from gongkai.proactive.numbers import code_fault, index_number, short
from gongkai.proactive.provisions import provisions
from gongkai.proactive.reevaluation import next_evaluation
from gongkai.proactive.validity import Change, ChangeKind, Life, in_force, runs_out, standing
from gongkai.scope.grounds import Duty, grounds, severable
from gongkai.scope.modes import Choice, lack_of, words
from tests.spec.onrequest.tables import rows

LAWS = Path(__file__).resolve().parents[4] / "shared" / "data" / "laws"


@pytest.mark.parametrize("citation", provisions(), ids=lambda c: f"{c.law}{c.article}{c.quotation[:6]}")
def test_a_quotation_stands_in_its_article(citation) -> None:
    if not LAWS.is_dir():
        pytest.skip("旁边没有法律文本（shared/data/laws）")
    text = next(p for p in LAWS.iterdir() if p.name.startswith(f"{citation.law}(")).read_text("utf-8")
    number = citation.article.split("条")[0] + "条"
    body = text[text.index(f"\n{number} ") :]
    body = body[: body.index("\n第", 5)]
    assert citation.quotation in body


LIMITS_OF = """
    事项 | 形成或者批准之日 | 法定期限 | 本机关自定 | 自定期限
    publish | 2026-03-02 | 2026-03-30 |  |
    publish | 2026-09-21 | 2026-10-26 |  |
    publish | 2026-03-02 | 2026-03-30 | 7个工作日 | 2026-03-11
    publish | 2026-03-02 | 2026-03-30 | 20个工作日 |
    publish | 2026-03-02 | 2026-03-30 | 3日 | 2026-03-05
    publish_budget | 2026-01-20 | 2026-02-09 |  |
    publish_department_budget | 2026-01-30 | 2026-02-19 |  |
    publish_unit_budget | 2026-01-30 | 2026-02-19 |  |
    publish_award | 2026-04-30 | 2026-05-07 |  |
    publish_contract | 2026-03-06 | 2026-03-10 |  |
"""


@pytest.mark.parametrize(("key", "on", "law", "own", "own_due"), [(*r, "")[:5] for r in rows(LIMITS_OF)])
def test_the_law_s_limit_and_the_organ_s_own_are_two(key: str, on: str, law: str, own: str, own_due: str) -> None:
    unit = "workday" if "工作日" in own else "day"
    mine = OwnLimit(int("".join(c for c in own if c.isdigit())), unit) if own else None
    found = due(key, date.fromisoformat(on), published(), mine)
    assert found.law.due_on == date.fromisoformat(law)
    assert found.law.basis != OUR_RULE
    assert (found.own.due_on.isoformat() if found.own else "") == own_due
    if found.own:
        assert found.own.basis == OUR_RULE
        assert "不是法定期限" in found.own.says
        assert found.first_on == found.own.due_on
    elif mine:
        assert "以法定期限为准" in found.note


def test_a_limit_that_nobody_knows_is_a_gap_and_so_is_one_before_its_law() -> None:
    with pytest.raises(LawGap, match="没有"):
        due("publish_everything", date(2026, 3, 2), published())
    with pytest.raises(LawGap):
        due("publish", date(2018, 3, 2), published())
    assert set(LIMITS) >= {"publish", "publish_award"}


CHANGE = {"修改": ChangeKind.AMENDED, "失效": ChangeKind.LAPSED, "废止": ChangeKind.REPEALED}
CHANGE |= {"延长": ChangeKind.EXTENDED, "部分失效": ChangeKind.PARTLY_LAPSED, "继续有效": ChangeKind.CONFIRMED}
LIVES = """
    施行 | 有效期至 | 变动 | 看哪一天 | 状态
     |  |  | 2026-03-02 | 未标注
     | 2026-03-31 |  | 2026-03-31 | 有效
     | 2026-03-31 |  | 2026-04-01 | 失效
     |  | 废止=2023-01-01 | 2022-12-31 | 有效
     |  | 废止=2023-01-01 | 2023-01-01 | 废止
    2026-04-01 |  |  | 2026-03-31 | 尚未施行
    2026-04-01 |  |  | 2026-04-01 | 有效
    2021-04-01 | 2026-03-31 |  | 2026-03-31 | 有效
    2021-04-01 | 2026-03-31 |  | 2026-04-01 | 失效
    2021-04-01 | 2026-03-31 | 延长=2026-03-01=2028-03-31 | 2026-04-01 | 有效
    2021-04-01 | 2026-03-31 | 延长=2026-05-01=2028-03-31 | 2026-06-01 | 失效
    2021-04-01 |  | 修改=2023-01-01 | 2022-12-31 | 有效
    2021-04-01 |  | 修改=2023-01-01 | 2023-01-01 | 已修改（有效）
    2021-04-01 | 2026-03-31 | 修改=2023-01-01 | 2026-04-01 | 失效
    2021-04-01 |  | 部分失效=2023-01-01 | 2024-01-01 | 部分失效
    2021-04-01 |  | 废止=2023-01-01 | 2022-12-31 | 有效
    2021-04-01 |  | 废止=2023-01-01 | 2023-01-01 | 废止
    2021-04-01 |  | 废止=2023-01-01 修改=2024-01-01 | 2025-01-01 | 废止
    2021-04-01 |  | 失效=2023-01-01 继续有效=2024-01-01 | 2025-01-01 | 失效
    2021-04-01 |  | 修改=2023-01-01 继续有效=2024-01-01 | 2025-01-01 | 已修改（有效）
"""


def _life(effective: str, expires: str, changes: str) -> Life:
    found = []
    for word in changes.split():
        name, on, until = (*word.split("="), "")[:3]
        found.append(Change(CHANGE[name], date.fromisoformat(on), until=date.fromisoformat(until) if until else None))
    day = date.fromisoformat
    return Life(day(effective) if effective else None, day(expires) if expires else None, tuple(found))


@pytest.mark.parametrize(("effective", "expires", "changes", "on", "state"), rows(LIVES))
def test_a_document_stands_on_any_day_as_its_changes_say(
    effective: str, expires: str, changes: str, on: str, state: str
) -> None:
    now = standing(_life(effective, expires, changes), date.fromisoformat(on))
    assert now.zh == state
    assert now.says.endswith("。")


def test_what_runs_out_and_how_many_hold() -> None:
    life = _life("2021-04-01", "2026-03-31", "延长=2026-03-01=2028-03-31")
    assert runs_out(life, date(2026, 2, 1)) == date(2026, 3, 31)
    assert runs_out(life, date(2026, 4, 1)) == date(2028, 3, 31)
    assert runs_out(_life("2021-04-01", "", "废止=2023-01-01"), date(2024, 1, 1)) is None
    assert in_force([life, _life("2021-04-01", "", "废止=2023-01-01")], date(2026, 4, 1)) == 1


GOOD = {
    "title": "云岭县农村供水管理办法",
    "theme": "06/水利",
    "issuing_organ": "云岭县人民政府",
    "document_number": "云政发〔2026〕12号",
    "written_on": "2026-03-02",
    "effective_on": "2026-04-01",
    "expires_on": "2031-03-31",
    "items": ("normative_documents",),
    "columns": ("policies",),
}
WRONG = """
    种类 | 改动 | 说明
    normative | title= | 没有填写“名称”。
    normative | document_number= | 没有填写“发文字号”。
    normative | document_number=云政发12号 | “发文字号”：发文字号应当像“云政发〔2026〕12号”
    normative | effective_on=2026年4月1日 | “实施日期”：日期应当像2026-03-02。
    normative | expires_on=2026-03-31 | “有效期至”早于“实施日期”，请核对。
    normative | theme=99 | “主题分类”：请从主题分类中选择。
    normative | theme=06/税务 | “主题分类”：请从主题分类中选择。
    normative | items=房产 | “法定主动公开事项”：没有“房产”这一法定事项，请重新选择。
    notice | public_until= | 没有填写“公示截止日”。
    other | title=某事 | 请选择条目的种类。
"""


def test_a_complete_entry_lacks_nothing() -> None:
    assert faults("normative", GOOD) == ()
    assert faults("normative", GOOD | {"expires_on": "long", "document_number": "云岭县人民政府令第3号"}) == ()
    assert faults("general", {k: v for k, v in GOOD.items() if k not in ("document_number", "expires_on")}) == ()


@pytest.mark.parametrize(("kind", "change", "says"), rows(WRONG), ids=lambda cell: cell)
def test_what_the_metadata_lacks_is_said(kind: str, change: str, says: str) -> None:
    key, _, value = change.partition("=")
    found = faults(kind, GOOD | {key: (value,) if key == "items" else value})
    assert [f.says for f in found if f.says.startswith(says)]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"title": "办" * 200}, ""),
        ({"title": "办" * 201}, "“名称”：名称最多200字。"),
        ({"title": "农村供水\n管理办法"}, "“名称”：名称只写一行。"),
    ],
)
def test_a_title_is_one_line_of_two_hundred_characters_at_most(change: dict[str, str], says: str) -> None:
    assert "".join(f.says for f in faults("normative", GOOD | change)) == says


@pytest.mark.parametrize(("length", "says"), [(200, ""), (201, "“发布机构”：最多200字。")])
def test_the_name_of_who_issues_is_as_long_as_the_search_keeps_one(length: int, says: str) -> None:
    found = faults("normative", GOOD | {"issuing_organ": "局" * length})
    assert "".join(f.says for f in found) == says


MODES = """
    属性 | 情形 | 理由 | 缺什么
    proactive |  |  |
    onrequest |  | 专业性强，公众需求小 |
    onrequest |  |  | 没有写明不主动公开的理由
    not_disclosed | state_secret | 秘密级，10年，县人民政府定密 |
    not_disclosed | state_secret |  | 没有写明理由
    not_disclosed |  | 不宜公开 | 没有选定属于哪一种
     |  |  | 没有确定公开属性
    open |  | 某理由 | 没有确定公开属性
"""


@pytest.mark.parametrize(("mode", "ground", "reason", "says"), rows(MODES))
def test_a_mode_needs_its_ground_and_its_reason(mode: str, ground: str, reason: str, says: str) -> None:
    lack = lack_of(Choice(mode, ground, reason))
    assert (lack is None) == (says == "")
    if lack:
        assert says in lack.says


def test_grounds_are_those_of_the_regulations_and_art_16_is_weighed() -> None:
    assert [g.cites.article for g in grounds().values()][-2:] == ["第十六条第二款"] * 2
    assert [k for k, g in grounds().items() if g.duty is Duty.MAY] == [
        "internal_affairs",
        "process_information",
        "enforcement_case_file",
    ]
    assert set(severable()) - set(grounds()) == {"not_government_information"}
    assert words(Choice("not_disclosed", "process_information", "x")) == "不予公开（过程性信息）"
    assert words(Choice()) == "未定"


def test_the_items_are_whose_they_are() -> None:
    assert len([i for i in items().values() if i.article.startswith("第二十条")]) == 15
    county = {i.key for i in items_of("department")}
    township = {i.key for i in items_of("township")}
    assert "county.public_security" in county - township
    assert "township.homesteads" in township - county
    assert not any(i.where != "all" for i in items_of(""))


def test_the_catalogue_names_what_it_uses() -> None:
    assert len(themes()) == 22
    assert theme_words("06/水利") == "农业、林业、水利/水利"
    assert theme_words("77") == "77"
    assert all(c.parent in columns() for c in columns().values() if c.parent)
    assert {e.when for e in elements().values() if e.when} <= set(kinds()["policy"].__slots__)


def test_an_index_number_is_code_year_and_serial() -> None:
    assert index_number("00001434-9", 2026, 7) == "000014349/2026-00007"
    assert short("11371522004222241N/2026-00012") == "2026-00012"
    assert code_fault("11371522004222241N") == ""
    assert code_fault("000014349") == ""
    assert "统一社会信用代码" in code_fault("教育局")


def test_what_is_withheld_is_looked_at_again() -> None:
    assert next_evaluation(date(2025, 8, 31), 6).due_on == date(2026, 2, 28)
    assert next_evaluation(date(2025, 3, 2)).due_on == date(2026, 3, 2)
    assert OUR_RULE in next_evaluation(date(2025, 3, 2)).says


PAGE = (("期限", LIMITS_OF), ("有效性", LIVES), ("元数据", WRONG), ("公开属性", MODES))
