"""Charts drawn on the server: SVG with a title and a description; the same figures stand in a table under each.

Colours come from the style sheet by class, so that the strict content policy holds and print stays readable. State is
never told by colour alone: each bar and dot carries its figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WIDTH = 800
_LEFT, _RIGHT, _TOP, _FOOT = 44, 12, 16, 34


@dataclass(frozen=True, slots=True)
class Bars:
    """A series of bars: its name and a figure for each label."""

    name: str
    figures: tuple[int, ...]


def _svg(key: str, height: int, title: str, says: str, body: str) -> SafeString:
    return mark_safe(  # noqa: S308 - every word that came from outside is escaped below and in the callers
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{key}-t {key}-d" class="chart" '
        f'xmlns="http://www.w3.org/2000/svg"><title id="{key}-t">{escape(title)}</title>'
        f'<desc id="{key}-d">{escape(says)}</desc>{body}</svg>'
    )


def _text(x: float, y: float, words: object, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(str(words))}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def _rect(x: float, y: float, width: float, height: float, kind: str, says: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" class="{kind}">'
        f"<title>{escape(says)}</title></rect>"
    )


def nice(most: float) -> tuple[int, int]:
    """(top of the scale, step of its lines) for a largest figure: 1, 2 or 5 times a power of ten, about four lines.

    >>> nice(17), nice(0), nice(430)
    ((20, 5), (4, 1), (500, 100))
    """
    step = 1
    while step * 4 < most:
        for factor in (2, 5, 10):
            if step * factor * 4 >= most or factor == 10:
                step *= factor
                break
    top = step
    while top < most or top < 4:
        top += step
    return top, step


def bars(key: str, title: str, labels: Sequence[str], series: Sequence[Bars], unit: str = "件") -> SafeString:
    """Upright bars side by side for each label."""
    height = 250
    top, step = nice(max((n for each in series for n in each.figures), default=0))
    floor, room = height - _FOOT, height - _FOOT - _TOP
    wide = (WIDTH - _LEFT - _RIGHT) / max(len(labels), 1)
    bar = min(26.0, wide * 0.8 / max(len(series), 1))
    body = []
    for level in range(0, top + 1, step):
        y = floor - room * level / top
        body += [
            _line(_LEFT, y, WIDTH - _RIGHT, y, "axis" if not level else "grid"),
            _text(_LEFT - 6, y + 4, level, "end"),
        ]
    for place, label in enumerate(labels):
        middle = _LEFT + wide * (place + 0.5)
        body.append(_text(middle, floor + 18, label))
        for n, each in enumerate(series):
            figure = each.figures[place]
            tall = room * figure / top
            x = middle + (n - len(series) / 2) * bar
            body.append(_rect(x + 1, floor - tall, bar - 2, tall, f"s{n}", f"{label}{each.name}{figure}{unit}"))
            if figure:
                body.append(_text(x + bar / 2, floor - tall - 4, figure))
    says = "；".join(f"{each.name}共{sum(each.figures)}{unit}" for each in series) or "没有数据"
    return _svg(
        key, height, title, f"横轴为{labels[0]}至{labels[-1]}。{says}。数字见下表。" if labels else says, "".join(body)
    )


def stacked(key: str, title: str, parts: Sequence[tuple[str, int]]) -> SafeString:
    """One lying bar divided into its parts, each with its figure where there is room for it."""
    height = 74
    whole = sum(n for _, n in parts)
    x, body = float(_LEFT), []
    for kind, (name, n) in enumerate(parts):
        wide = (WIDTH - _LEFT - _RIGHT) * n / whole if whole else 0.0
        if n:
            body.append(_rect(x, 14, max(wide - 1, 1), 34, f"s{kind % 6}", f"{name}{n}件"))
            if wide > 22:
                body.append(_text(x + wide / 2, 64, n))
        x += wide
    says = "，".join(f"{name}{n}件" for name, n in parts if n) or "没有数据"
    return _svg(key, height, title, f"共{whole}件：{says}。", "".join(body))


def dots(key: str, title: str, rows: Sequence[tuple[str, float | None]], *, limit: int, unit: str) -> SafeString:
    """A dot for each name on a scale, with a line where the limit is; who has no figure has no dot."""
    names = 190
    height = _TOP + 26 * max(len(rows), 1) + _FOOT
    top, step = nice(max([float(limit), *(n for _, n in rows if n is not None)]))
    room = WIDTH - names - 40

    def x(figure: float) -> float:
        return names + room * figure / top

    floor = height - _FOOT
    body = []
    for level in range(0, top + 1, step):
        body += [_line(x(level), _TOP - 6, x(level), floor, "grid"), _text(x(level), floor + 16, level)]
    body += [_line(x(limit), _TOP - 10, x(limit), floor, "limit"), _text(x(limit), _TOP - 2, f"{limit}{unit}", "start")]
    for place, (name, figure) in enumerate(rows):
        y = _TOP + 26 * place + 16
        short = name if len(name) <= 14 else name[:13] + "…"
        body.append(_text(names - 10, y + 4, short, "end"))
        if figure is not None:
            kind = "late" if figure > limit else "s0"
            body.append(
                f'<circle cx="{x(figure):.1f}" cy="{y}" r="6" class="{kind}"><title>{escape(name)}：{figure:g}{unit}</title></circle>'
            )
            body.append(_text(x(figure) + 11, y + 4, f"{figure:g}", "start"))
    over = sum(1 for _, n in rows if n is not None and n > limit)
    return _svg(
        key, height, title, f"虚线为{limit}{unit}，{len(rows)}个机关中{over}个超过。数字见下表。", "".join(body)
    )


@dataclass(frozen=True, slots=True)
class Course:
    """A line over years: its name and a figure for each label, None where there is none.

    `partly` are the places whose figure is not of everyone: a hollow dot, and no line to it or from it.
    """

    name: str
    figures: tuple[float | None, ...]
    partly: frozenset[int] = frozenset()


def lines(key: str, title: str, labels: Sequence[str], series: Sequence[Course], unit: str = "件") -> SafeString:
    """A line for each series. Where a figure is missing the line is broken: a gap is no nought."""
    height = 260
    top, step = nice(max((n for each in series for n in each.figures if n is not None), default=0))
    floor, room = height - _FOOT, height - _FOOT - _TOP - 10
    wide = (WIDTH - _LEFT - _RIGHT) / max(len(labels), 1)

    def at(place: int, figure: float) -> tuple[float, float]:
        return _LEFT + wide * (place + 0.5), floor - room * figure / top

    body = []
    for level in range(0, top + 1, step):
        y = floor - room * level / top
        body += [
            _line(_LEFT, y, WIDTH - _RIGHT, y, "axis" if not level else "grid"),
            _text(_LEFT - 6, y + 4, level, "end"),
        ]
    for place, label in enumerate(labels):
        body.append(_text(_LEFT + wide * (place + 0.5), floor + 18, label))
        if all(each.figures[place] is None for each in series):
            body.append(_text(_LEFT + wide * (place + 0.5), floor - room / 2, "没有数据"))
    for n, each in enumerate(series):
        for place, figure in enumerate(each.figures):
            if figure is None:
                continue
            x, y = at(place, figure)
            before = each.figures[place - 1] if place else None
            if before is not None and not {place - 1, place} & each.partly:
                body.append(_line(*at(place - 1, before), x, y, f"l{n}"))
            partly = place in each.partly
            body.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" class="{f"h{n}" if partly else f"s{n}"}"><title>'
                f"{escape(labels[place])}{escape(each.name)}{figure:g}{unit}{'（不全）' if partly else ''}</title></circle>"
            )
            lower = any(of is not each and (of.figures[place] or 0) > figure for of in series)
            body.append(_text(x, y + 17 if lower and y + 17 < floor else y - 9, f"{figure:g}"))
    told = [f"{each.name}{_course(labels, each, unit)}" for each in series]
    return _svg(key, height, title, f"{'；'.join(told) or '没有数据'}。数字见下表。", "".join(body))


def _course(labels: Sequence[str], of: Course, unit: str) -> str:
    known = [(label, n) for label, n in zip(labels, of.figures, strict=True) if n is not None]
    if not known:
        return "没有数据"
    (first, begin), (last, end) = known[0], known[-1]
    gaps = len(labels) - len(known)
    missing = f"，{gaps}年没有数据" if gaps else ""
    partly = f"，{len(of.partly)}年不全" if of.partly else ""
    return f"{first}为{begin:g}{unit}，{last}为{end:g}{unit}{missing}{partly}"


def lying(
    key: str, title: str, rows: Sequence[tuple[str, float | None]], unit: str = "件", *, here: str = ""
) -> SafeString:
    """A lying bar for each name, as long as its figure; who has no figure has none. `here`: the dark one."""
    names = 190
    height = _TOP + 24 * max(len(rows), 1) + 10
    top, _ = nice(max((n for _, n in rows if n is not None), default=0))
    room = WIDTH - names - 70
    body = []
    for place, (name, figure) in enumerate(rows):
        y = _TOP + 24 * place
        body.append(_text(names - 10, y + 13, name if len(name) <= 14 else name[:13] + "…", "end"))
        if figure is None:
            body.append(_text(names, y + 13, "没有数据", "start"))
            continue
        long = room * figure / top
        body.append(_rect(names, y, max(long, 1), 16, "s0" if name == here else "s1", f"{name}{figure:g}{unit}"))
        body.append(_text(names + long + 6, y + 13, f"{figure:g}", "start"))
    known = [n for _, n in rows if n is not None]
    says = f"{len(rows)}个中最多{max(known):g}{unit}，最少{min(known):g}{unit}。数字见下表。" if known else "没有数据。"
    return _svg(key, height, title, says, "".join(body))
