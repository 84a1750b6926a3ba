"""The search against a plain look into every text, over texts made of few characters so that runs collide."""

from __future__ import annotations

import unicodedata

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.web.search import services
from tests.web.search.conftest import Shelf

TRADITIONAL = {"务": "務", "开": "開", "关": "關", "县": "縣"}
PLAIN = "务开关县人公2a"
BRACKETS = {"〔": "(", "〕": ")", "[": "(", "]": ")", "【": "(", "】": ")"}
ALPHABET = PLAIN + "".join(TRADITIONAL.values()) + "，。（）〔〕《》２Ａ -%\n\u3000𠮷"
TEXTS = st.text(ALPHABET, max_size=14)


def spelled(text):
    """Our own words for the one spelling: NFKC, simplified, small, round brackets, no quotation, blanks between Latin."""
    back = {t: s for s, t in TRADITIONAL.items()}
    characters = [BRACKETS.get(c, c) for c in unicodedata.normalize("NFKC", text.lower()).lower() if c not in "《》"]
    out = ""
    for i, c in enumerate(characters):
        if not c.isspace():
            out += back.get(c, c)
            continue
        after = next((x for x in characters[i:] if not x.isspace()), "")
        if out and out[-1] in "2a" and after in tuple("2a"):
            out += " "
    return out


@st.composite
def questions(draw):
    """What is typed: a piece of a text, or characters put together, sometimes in another guise."""
    texts = draw(st.lists(TEXTS, min_size=1, max_size=8))
    source = draw(st.sampled_from(texts))
    words = []
    for _ in range(draw(st.integers(1, 2))):
        if draw(st.booleans()) and len(source) > 2:
            start = draw(st.integers(0, len(source) - 2))
            word = source[start : start + draw(st.integers(2, 8))]
        else:
            word = draw(st.text(PLAIN, min_size=2, max_size=4))
        words.append(spelled(word).strip("，。,-%"))
    disguise = draw(st.sampled_from([str, lambda w: "".join(TRADITIONAL.get(c, c) for c in w), str.upper]))
    return texts, [w for w in words if len(w) > 1], disguise


@pytest.mark.django_db
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(questions(), st.data())
def test_what_contains_the_words_is_found_and_nothing_else(question, data):
    texts, words, disguise = question
    if not words:
        return
    changed = data.draw(st.lists(st.sampled_from(range(len(texts))), max_size=3))
    with transaction.atomic():
        shelf = Shelf()
        held = {shelf.put(text=text): text for text in texts}
        for n in changed:
            item = list(held)[n]
            held[item] = data.draw(TEXTS)
            shelf.put(text=held[item], release=item, days=data.draw(st.sampled_from((0, n + 1))))
        for item in list(held)[:: data.draw(st.sampled_from((3, 9)))]:
            services.remove(item)
            del held[item]
        expected = {item for item, text in held.items() if all(word in spelled(text) for word in words)}
        typed = " ".join('"' + disguise(word) + '"' for word in words)
        for order in ("newest", "ranked"):
            found = shelf.search(typed, order=order)
            assert {hit.release for hit in found.hits} == expected, typed
            assert str(found.count) == str(len(expected))
            assert found.complete
        transaction.set_rollback(True)
