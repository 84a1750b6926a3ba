"""Whatever is planted anywhere is found, and nothing of it is shown whole. The oracle makes numbers; the rules find them."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.readers.precheck import precheck, precheck_text
from tests.readers.precheck.files import WORD_PLACES

ORDINARY = "云岭县人民政府关于实施方案的通知请各单位认真贯彻执行做好工作，。；：（）《》“”、 \n年月日第号条款一二三四五六七八九十"


@st.composite
def identities(draw) -> str:
    """Identity numbers with their check digit, by the sum written another way: modulo 11 of the powers of two."""
    place = draw(st.sampled_from(["110101", "370124", "530102", "440305", "650102"]))
    day = draw(st.dates(min_value=date(1940, 1, 1), max_value=date(2015, 12, 31)))
    body = f"{place}{day:%Y%m%d}{draw(st.integers(0, 999)):03}"
    total = sum(int(digit) * pow(2, 17 - at, 11) for at, digit in enumerate(body))
    check = (12 - total % 11) % 11
    return body + ("X" if check == 10 else str(check))


@st.composite
def cards(draw) -> str:
    """Card numbers of nineteen with their check digit, found by trying all ten."""
    body = "62" + "".join(draw(st.lists(st.sampled_from("0123456789"), min_size=16, max_size=16)))

    def total(number: str) -> int:
        return sum(sum(divmod(int(d) * (2 if at % 2 else 1), 10)) for at, d in enumerate(reversed(number)))

    return next(body + digit for digit in "0123456789" if total(body + digit) % 10 == 0)


mobiles = st.from_regex(r"\A1[3-9][0-9]{9}\Z")
planted = st.one_of(
    st.tuples(st.just("identity"), identities(), st.just("身份证号")),
    st.tuples(st.just("bank_card"), cards(), st.just("银行卡号：")),
    st.tuples(st.just("phone"), mobiles, st.just("手机")),
)
around = st.text(alphabet=ORDINARY, max_size=60)


@settings(max_examples=150, deadline=None)
@given(planted, around, around)
def test_a_number_in_any_prose_is_found_and_never_shown_whole(what, before, after) -> None:
    kind, number, label = what
    found = precheck_text(f"{before}{label}{number}{after}")
    assert kind in [hit.kind for hit in found.hits]
    told = json.dumps(found.to_json(), ensure_ascii=False)
    assert number not in told
    # Of eleven digits and more at least half are gone.
    assert number[3:-2] not in told


@settings(max_examples=40, deadline=None)
@given(planted, st.sampled_from(sorted(WORD_PLACES)))
def test_a_number_in_any_part_of_a_document_is_found_and_never_shown_whole(what, where) -> None:
    kind, number, label = what
    plant, part = WORD_PLACES[where]
    found = precheck("a.docx", plant(f"{label}{number}"))
    assert part in [hit.place.part for hit in found.hits if hit.kind == kind]
    told = json.dumps(found.to_json(), ensure_ascii=False)
    assert number not in told and number[3:-2] not in told


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=ORDINARY + "0123456789", max_size=200))
def test_ordinary_words_and_short_numbers_raise_no_warning(text) -> None:
    # Any eleven digits in a row may be a telephone: only shorter ones are nobody's.
    if max(map(len, "".join(c if c.isdigit() else " " for c in text).split()), default=0) < 10 and "★" not in text:
        numbers = [hit for hit in precheck_text(f"{text}。").hits if hit.kind in ("identity", "phone", "bank_card")]
        assert [hit for hit in numbers if " " not in text] == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=12))
def test_any_text_gives_a_result_that_survives_its_json(lines) -> None:
    from gongkai.readers.precheck import Precheck

    text = "\n".join(["正文", *lines]).replace("\x00", "")
    found = precheck_text(text)
    assert Precheck.from_json(json.loads(json.dumps(found.to_json()))) == found
