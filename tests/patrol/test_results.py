"""The result file: what is written is read, and whatever is not a result is refused with a sentence."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.patrol import checks, reading
from gongkai.patrol.kinds import KINDS, NOT_FETCHED
from gongkai.patrol.reading import BadResult
from gongkai.patrol.results import ENDED, ROLES, Header, Hit, Page, Result, Summary, to_bytes

AT = "2026-03-10T09:00:00+08:00"
words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=40)
paths = st.text("abc/-.%0", max_size=12)
addresses = paths.map(lambda path: f"http://www.ling.gov.cn/{path}")
days = st.dates().map(lambda day: f"{day:%Y-%m-%d}").filter(lambda day: len(day) == 10) | st.just("")
pages = st.builds(
    lambda url, role, status, error, **rest: Page(
        url, role, AT, status, error or ("timeout" if status is None else ""), **rest
    ),
    addresses, st.sampled_from(ROLES), st.none() | st.integers(100, 599), st.just("") | st.sampled_from(list(NOT_FETCHED)),
    attempt=st.integers(1, 2), depth=st.integers(0, 9), title=words, day=days, newest=days, item=st.booleans(), items=st.integers(0, 99),
    prose=st.integers(0, 9999), unchanged=st.booleans(), fixed=st.lists(st.text("0123456789abcdef", min_size=10, max_size=10), max_size=3).map(tuple),
    links=st.lists(st.tuples(st.sampled_from(ROLES), addresses, words), max_size=3).map(tuple), repeated=st.integers(0, 9), etag=words,
)  # fmt: skip
hits = st.builds(
    Hit,
    st.sampled_from([k for k in KINDS if k != "unreviewed"]),
    addresses,
    addresses | st.just(""),
    words,
    words,
    words,
)


@st.composite
def results(draw: st.DrawFn) -> Result:
    found = {page.url: page for page in draw(st.lists(pages, min_size=1, max_size=6))}
    met = tuple(checks.marked(iter(draw(st.lists(hits, max_size=6)))))
    ordered = [hit for url in found for hit in met if hit.url == url]
    ordered += [hit for url in dict.fromkeys(h.url for h in met if h.url not in found) for hit in met if hit.url == url]
    header = Header(draw(words), "0.1", AT, ("http://www.ling.gov.cn/",), ("www.ling.gov.cn",), {"pages": 3})
    counts = draw(st.dictionaries(st.sampled_from(["pages", "gone"]), st.integers(0, 99)))
    return Result(header, found, tuple(ordered), Summary(AT, draw(st.sampled_from(sorted(ENDED))), counts))


@given(results())
def test_what_is_written_is_read(result: Result) -> None:
    read = reading.read(to_bytes(result))
    assert (read.header, read.pages, read.hits) == (result.header, result.pages, result.hits)
    assert read.summary is not None and replace(read.summary, sha256="") == result.summary


@given(results(), st.data())
def test_a_file_cut_off_anywhere_is_whole_up_to_its_last_page(result: Result, data: st.DataObject) -> None:
    whole = to_bytes(result)
    head = whole.index(b"\n") + 1
    cut = whole[: data.draw(st.integers(head, len(whole) - 1))]
    read = reading.read(cut)
    assert read.summary is None or cut == whole.rstrip(b"\n")
    assert list(read.pages.items()) == list(result.pages.items())[: len(read.pages)]
    assert read.length <= len(cut) + 1
    again = reading.read(whole[: read.length])
    assert (again.pages, again.length) == (read.pages, read.length)


@given(results(), st.data())
def test_a_file_that_was_changed_is_refused_or_says_the_same_of_itself(result: Result, data: st.DataObject) -> None:
    whole = bytearray(to_bytes(result))
    at = data.draw(st.integers(0, len(whole) - 2))
    whole[at] ^= data.draw(st.integers(1, 255))
    try:
        read = reading.read(bytes(whole))
    except BadResult as refused:
        assert str(refused).endswith("。")
        return
    assert (
        read.summary is None
        or replace(read.summary, sha256="") == result.summary
        or at > to_bytes(result).rindex(b'{"line":"summary"')
    )


HEAD = {
    "line": "header",
    "schema": "gongkai.patrol/1",
    "site": "x",
    "version": "1",
    "started_at": AT,
    "starts": ["http://a/"],
    "hosts": ["a"],
}
PAGE = {"line": "page", "url": "http://a/", "role": "page", "status": 200, "error": "", "fetched_at": AT}
SUMMARY = {"line": "summary", "finished_at": AT, "ended": "done", "counts": {}}


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([], "空"),
        ([b"PK\x03\x04"], "不是JSON"),
        ([b"[" * 100_000], "不是JSON"),
        ([{"a": 1}], "没有写明格式"),
        ([HEAD | {"schema": "gongkai.patrol/9"}], "版本"),
        ([HEAD | {"starts": []}], "starts"),
        ([HEAD | {"starts": ["javascript:1"]}], "starts"),
        ([HEAD | {"started_at": "yesterday"}], "started_at"),
        ([HEAD | {"settings": []}], "settings"),
        ([HEAD | {"settings": {"words": "x" * 100_000}}], "settings"),
        ([HEAD | {"hosts": "a"}], "hosts"),
        ([HEAD | {"hosts": ["a"] * 501}], "hosts"),
        ([HEAD | {"hosts": [7]}], "hosts"),
        ([HEAD, PAGE | {"url": "javascript:alert(1)"}], "url"),
        ([HEAD, PAGE | {"url": "http://a/\n"}], "url"),
        ([HEAD, PAGE | {"status": "200"}], "status"),
        ([HEAD, PAGE | {"status": True}], "status"),
        ([HEAD, PAGE | {"status": None}], "error"),
        ([HEAD, PAGE | {"error": "dead"}], "error"),
        ([HEAD, PAGE | {"role": "script"}], "role"),
        ([HEAD, PAGE | {"title": "x" * 301}], "title"),
        ([HEAD, PAGE | {"title": "x\x00"}], "title"),
        ([HEAD, PAGE | {"day": "2026-02-30"}], "day"),
        ([HEAD, PAGE | {"bytes": -1}], "bytes"),
        ([HEAD, PAGE | {"bytes": 1e999}], "文件不完整"),
        ([HEAD, PAGE | {"links": [["page", "http://a/"]]}], "links"),
        ([HEAD, PAGE | {"links": [["page", "http://a/", "x"]] * 3001}], "links"),
        ([HEAD, {"line": "hit", "kind": "invented", "url": "http://a/"}], "kind"),
        ([HEAD, {"line": "hit", "kind": "unreviewed", "url": "http://a/"}], "kind"),
        ([HEAD, {"line": "hit", "kind": "dead_link", "url": "http://a/", "fingerprint": "0"}], "fingerprint"),
        ([HEAD, {"line": "summary", "finished_at": AT, "ended": "done", "counts": {}, "sha256": "0" * 64}], "校验值"),
        ([HEAD, {"line": "summary", "finished_at": AT, "ended": "won", "counts": {}}], "ended"),
        ([HEAD, SUMMARY | {"counts": []}], "counts"),
        ([HEAD, SUMMARY | {"counts": {f"{number}": 1 for number in range(101)}}], "counts"),
        ([HEAD, SUMMARY | {"counts": {"pages": True}}], "pages"),
        ([HEAD, SUMMARY | {"columns": {}}], "columns"),
        ([HEAD, SUMMARY | {"columns": ["通知公告"]}], "columns"),
        ([HEAD, SUMMARY | {"columns": [{}] * 2001}], "columns"),
        ([HEAD, PAGE | {"fixed": ["x" * 2001]}], "fixed"),
        ([HEAD, b" " * reading.LONGEST_LINE + b"{}"], "第2行过长"),
        ([HEAD, {"line": "other"}], "第2行"),
        ([HEAD, 7], "第2行"),
        ([HEAD, b"broken", PAGE], "不完整"),
        ([HEAD, b"", PAGE], "空行"),
    ],
)
def test_what_is_no_result_is_refused_with_a_sentence(lines: list[object], says: str) -> None:
    data = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines) + b"\n"
    if b"1e999" in data or b"Infinity" in data:
        data += b"{}\n"
    with pytest.raises(BadResult) as refused:
        reading.read(data)
    assert says in str(refused.value) and str(refused.value).endswith("。")


@given(results())
def test_nothing_may_follow_the_summary_but_its_line_feed(result: Result) -> None:
    whole = to_bytes(result)
    assert reading.read(whole).summary is not None
    for more in (PAGE, SUMMARY, {"line": "other"}):
        with pytest.raises(BadResult, match="在总结之后"):
            reading.read(whole + json.dumps(more).encode())


def test_a_file_of_too_many_bytes_or_lines_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"\n".join(json.dumps(line).encode() for line in (HEAD, PAGE, PAGE))
    monkeypatch.setattr(reading, "MOST_BYTES", len(data))
    monkeypatch.setattr(reading, "MOST_LINES", 3)
    assert list(reading.read(data).pages) == ["http://a/"]
    with pytest.raises(BadResult, match="文件过大"):
        reading.read(data + b"\n")
    with pytest.raises(BadResult, match="行数过多"):
        reading.read_lines([*data.split(b"\n"), b"broken"])


@given(st.binary(max_size=300))
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(BadResult):
        reading.read(data)
