"""What else a refused cell could have been: the placements left are told, so that a person knows what to look for."""

from __future__ import annotations

from gongkai.readers import read_text
from gongkai.readers.figures import figure_of
from tests.spec.readers.tables import ZEROS, table_three


def could_be(text: str, address: str) -> tuple[str, ...]:
    return next(u.could_be for u in read_text(text).unsure if u.address == address)


def test_rows_out_of_order_tell_both_values() -> None:
    rows = {"withheld.internal_affairs": "2 0 0 0 0 0 2", "withheld.process_information": "5 0 0 0 0 0 5"}
    lines = table_three(rows).split("\n")
    upper = next(i for i, line in enumerate(lines) if "5.属于三类内部事务信息" in line)
    lines[upper], lines[upper + 1] = lines[upper + 1], lines[upper]

    text = "\n".join(lines)

    assert could_be(text, "applications.withheld.internal_affairs.natural_person") == ("2", "5")
    assert could_be(text, "applications.withheld.process_information.total") == ("2", "5")


def test_a_row_that_lost_a_figure_at_one_end_tells_what_stands_beside() -> None:
    label = "\t（三）不予公开\t5.属于三类内部事务信息"
    lines = [line.replace("\t", "\t\t", 1) for line in table_three(joint="\t").split("\n")]
    spot = next(i for i, line in enumerate(lines) if "5.属于三类内部事务信息" in line)
    lines[spot] = f"{label}\t2\t0\t0\t0\t0\t2"

    assert could_be("\n".join(lines), "applications.withheld.internal_affairs.enterprise") == ("0", "2")


def test_glued_digits_with_two_readings_tell_both() -> None:
    # 2 7 0 0 20 1 30 and 27 0 0 2 0 1 30: each row is one of them, and nothing says which.
    whole = "29 7 0 2 20 2 60"
    rows = {
        "received": whole,
        "brought_forward": ZEROS,
        "disclosed": "270020130",
        "disclosed_in_part": ZEROS,
        "unavailable.not_held": "270020130",
        "concluded": whole,
        "carried_forward": ZEROS,
    }

    assert could_be(table_three(rows), "applications.disclosed.natural_person") == ("2", "27")


def test_lost_heads_tell_what_stands_under_them() -> None:
    text = table_three({"received": "9 3 1 0 0 0 13"}).replace("科研机构", "").replace("商业企业", "")

    assert could_be(text, "applications.received.enterprise") == ("1", "3")


def test_a_label_cut_by_a_page_behind_its_figures_is_whole() -> None:
    text = table_three({"withheld.administrative_inquiry": "3 0 0 0 0 0 3"})
    cut = text.replace(
        "8.属于行政查询事项 | 3 | 0 | 0 | 0 | 0 | 0 | 3", "8.属 | 3 | 0 | 0 | 0 | 0 | 0 | 3\n于行政查询事项"
    )

    report = read_text(cut)

    beside = cut.replace("于行政查询事项", "公开 | 于行政查询事项")

    assert cut != text
    assert read_text(beside).value("applications.withheld.administrative_inquiry.total") == 3
    assert report.value("applications.withheld.administrative_inquiry.natural_person") == 3


def test_a_stroke_beside_a_number_is_no_sign() -> None:
    assert figure_of("- 0") is None
    found = figure_of("-5")
    assert found is not None
    assert found.value == -5
