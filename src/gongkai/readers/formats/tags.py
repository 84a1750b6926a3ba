"""What the tags of a page would cost a parser, counted before it sees them.

A parser compares each attribute of a tag with each one before it: a tag of 200,000 attributes takes it minutes. The
count is never too low, whatever stands around a tag: each `<` before a letter is read as if a tag began there.
"""

from __future__ import annotations

import re
from heapq import heappop, heappush

from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits

_START = re.compile(rb"<[A-Za-z][^\s/>]*+")
_ATTRIBUTE = re.compile(
    rb"[\s/]*+(?:=|[^\s/>=])[^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+",
)


def check(source: bytes) -> int:
    """How many pairs of attributes a parser may compare. `Unreadable` for tags out of all proportion.

    Signs in a script may look like tags within one another; of those a parser can meet only some that do not overlap,
    and the dearest of such choices is what counts.
    """
    read = dearest = 0
    open_: list[tuple[int, int]] = []
    """Where tags end that were not passed yet, each with what it and those before it cost."""
    most_read = limits.MAX_TAG_READING * (len(source) + limits.MEGABYTE // 10)
    for start in _START.finditer(source):
        while open_ and open_[0][0] <= start.start():
            dearest = max(dearest, heappop(open_)[1])
        count, at = 0, start.end()
        while found := _ATTRIBUTE.match(source, at):
            count, at = count + 1, found.end()
        cost = dearest + count * count
        heappush(open_, (at, cost))
        read += at - start.start()
        if cost > limits.MAX_ATTRIBUTE_PAIRS or read > most_read:
            raise too_many()
    return max(dearest, max((cost for _, cost in open_), default=0))


def too_many() -> Unreadable:
    """The refusal for tags that nobody writes."""
    return Unreadable(
        "too_many_attributes",
        "网页中有的标记带着过多的属性，没有看完。",
        "请核对页面是否被改动；能打开的，请在浏览器中另存一份后再试。",
    )
