"""Schemes made by Hypothesis: a tree as nested values, its text, and values for its leaves."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import strategies as st

from gongkai.oversight import Answers, Apart, Counts, Points, Rate, Unknown, Value


@dataclass
class Node:
    """A node of a made tree: its share of what is above it, in per cent, and what is under it."""

    key: str
    weight: int
    mode: str = "share"
    rules: list[tuple[int, int | None]] = field(default_factory=list)
    items: int = 0
    under: list[Node] = field(default_factory=list)

    def leaves(self) -> list[Node]:
        return [leaf for each in self.under for leaf in each.leaves()] if self.under else [self]

    def text(self, within: str = "") -> str:
        lines = ["[[indicator]]", f'key = "{self.key}"', f'title = "{self.key}项"', f"weight = {self.weight}"]
        lines += [f'within = "{within}"'] if within else []
        lines += [] if self.under else [f'mode = "{self.mode}"']
        for number, (each, most) in enumerate(self.rules):
            lines += ["[[indicator.rule]]", f'key = "r{number}"', f'title = "扣{number}"', f"each = {each}"]
            lines += [] if most is None else [f"most = {most}"]
        for number in range(self.items):
            lines += ["[[indicator.item]]", f'key = "i{number}"', f'title = "核{number}"']
        return "\n".join([*lines, *(each.text(self.key) for each in self.under)])


def _split(count: int) -> st.SearchStrategy[list[int]]:
    """Weights that make a hundred."""
    cuts = st.lists(st.integers(1, 99), min_size=count - 1, max_size=count - 1, unique=True).map(sorted)
    return cuts.map(lambda found: [b - a for a, b in zip([0, *found], [*found, 100], strict=True)])


@st.composite
def forests(draw: st.DrawFn, levels: int = 3, prefix: str = "k") -> list[Node]:
    """The nodes of one level with everything under them."""
    weights = draw(st.integers(1, 3).flatmap(_split))
    found = []
    for number, weight in enumerate(weights):
        node = Node(f"{prefix}_{number}", weight)
        if levels > 1 and draw(st.booleans()):
            node.under = draw(forests(levels=levels - 1, prefix=node.key))
        else:
            node.mode = draw(st.sampled_from(["share", "deduct", "check"]))
            if node.mode == "deduct":
                most = st.none() | st.integers(0, 20)
                node.rules = draw(st.lists(st.tuples(st.integers(1, 9), most), min_size=1, max_size=2))
            node.items = draw(st.integers(1, 4)) if node.mode == "check" else 0
        found.append(node)
    return found


def text_of(forest: list[Node], head: str = "") -> str:
    return "\n".join(['key = "made"', 'title = "方案"', head, *(node.text() for node in forest)])


def values_for(leaf: Node, size: Decimal, *, hidden: bool = True) -> st.SearchStrategy[Value]:
    """Any value that a leaf can take; with `hidden` also those that cannot be seen and do not apply."""
    none = st.none() if hidden else st.nothing()
    if leaf.mode == "share":
        rates = st.integers(1, 30).flatmap(lambda of: st.integers(0, of).map(lambda done: Rate(done, of)))
        seen: st.SearchStrategy[Value] = rates | st.integers(0, 100).map(lambda part: Points(size * part / 100))
    elif leaf.mode == "deduct":
        times = {f"r{n}": none | st.integers(0, 12) for n in range(len(leaf.rules))}
        seen = st.fixed_dictionaries(times).map(Counts)
    else:
        seen = st.fixed_dictionaries({f"i{n}": none | st.booleans() for n in range(leaf.items)}).map(Answers)
    return seen | st.sampled_from([Unknown(), Apart()]) if hidden else seen
