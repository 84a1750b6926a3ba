"""A row one figure short: in lines the first or the last may be lost with the label's cell; a grid knows its columns."""

from __future__ import annotations

from dataclasses import replace

from gongkai.readers.figures import Figure
from gongkai.readers.rows import Layout, doubtful_at_edges, lost_at_an_edge
from gongkai.readers.tokens import Strip, Token

LINE = Strip(0, None, 5)
FULL = Layout(widths=frozenset({5}))


def figures(*values: int) -> list[Token]:
    return [Token("figure", str(v), n, n + 1, 0, n, figure=Figure(v, str(v))) for n, v in enumerate(values)]


def test_between_the_edges_a_place_is_certain_where_both_readings_give_one_value():
    found = lost_at_an_edge(figures(3, 0, 0), 4, FULL, [LINE])
    assert found is not None
    assert [t.text for t in found] == ["3", "3", "0", "0"]
    assert doubtful_at_edges(found) == {0, 1, 3}


def test_a_grid_has_no_cell_that_a_label_took():
    assert lost_at_an_edge(figures(3, 0, 0), 4, FULL, [replace(LINE, grid=0)]) is None
    merged = [*figures(3, 0), replace(figures(0)[0], start=2, end=3, span=2)]
    assert lost_at_an_edge(merged, 4, FULL, [LINE]) is None


def test_nothing_is_said_of_a_line_of_another_width_or_with_a_blank():
    assert lost_at_an_edge(figures(3, 0, 0), 4, FULL, [replace(LINE, cells=6)]) is None
    assert lost_at_an_edge([*figures(3, 0, 0), Token("blank", "/", 3, 4, 0, 3)], 4, FULL, [LINE]) is None
    assert lost_at_an_edge(figures(3, 0), 4, FULL, [LINE]) is None
