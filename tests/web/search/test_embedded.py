"""The index of relevance: it finds what the database finds, at every moment, or it is not asked and that is said."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.web.changes.selectors import generation
from gongkai.web.search import selectors, services
from gongkai.web.search.embedded import asking, folder, following
from gongkai.web.search.marks import Filters
from gongkai.web.search.models import Document, Embedded, Waiting
from tests.web.search.conftest import Shelf, at
from tests.web.search.test_properties import ALPHABET, TEXTS, questions, spelled


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "root", lambda: tmp_path / "search-index")
    monkeypatch.setattr("django.conf.settings.GONGKAI_SEARCH_INDEX", True)
    return tmp_path / "search-index"


@pytest.fixture
def asked_database(monkeypatch):
    """Counts how often the database had to rank."""
    seen = []
    plain = selectors._ranked

    def ranked(*told):
        seen.append(told)
        return plain(*told)

    monkeypatch.setattr(selectors, "_ranked", ranked)
    return seen


def ranked(shelf, typed, **how):
    return shelf.search(typed, order="ranked", **how)


def items(found):
    return {hit.release for hit in found.hits}


def in_use():
    state = Embedded.objects.get()
    return folder.root() / state.folder


# ── the same meaning ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(questions(), min_size=3, max_size=8), st.data())
def test_it_finds_what_contains_the_words_before_and_after_it_took_in_what_changed(asked, data):
    texts = [text for question in asked for text in question[0]]
    with transaction.atomic():
        shelf, other = Shelf(), Shelf()
        held = {shelf.put(text=text): text for text in texts}
        if data.draw(st.booleans()):
            other.put(text=texts[0])
        following.bring_up()
        for n in data.draw(st.lists(st.sampled_from(range(len(texts))), max_size=3, unique=True)):
            item = list(held)[n]
            held[item] = data.draw(TEXTS)
            shelf.put(text=held[item], release=item, days=data.draw(st.sampled_from((0, n + 1))))
        for item in list(held)[:: data.draw(st.sampled_from((4, 99)))]:
            services.remove(item)
            del held[item]
        for taken_in in (False, True):
            if taken_in:
                following.bring_up()
                assert not Waiting.objects.exists()
            for _, words, disguise in asked:
                if not words:
                    continue
                expected = {item for item, text in held.items() if all(word in spelled(text) for word in words)}
                typed = " ".join('"' + disguise(word) + '"' for word in words)
                found = ranked(shelf, typed, size=500)
                assert (items(found), str(found.count), found.order) == (expected, str(len(expected)), "ranked"), typed
        transaction.set_rollback(True)


@given(st.text(ALPHABET, max_size=20), st.text(ALPHABET, min_size=2, max_size=5))
@settings(max_examples=200)
def test_a_phrase_of_runs_is_the_phrase(text, word):
    text, word = spelled(text) + "\n" + spelled(text[::-1]), spelled(word)
    if len(word) < 2:
        return
    given_runs, wanted = folder.runs(text), folder.runs(word)
    assert all(run.split() == [run] for run in given_runs)
    stands = any(given_runs[i : i + len(wanted)] == wanted for i in range(len(given_runs)))
    assert stands == (word in text)


def test_marks_days_and_counties_hold(shelf, asked_database):
    organ = uuid.uuid4()
    one = shelf.put("公告", "救助标准提高", organ=organ, topics=("救助",), published_on=date(2024, 3, 1))
    two = shelf.put("公告", "救助标准降低", kind="policy", validity="in_force", published_on=date(2024, 5, 1))
    three = shelf.put("救助的公告", "救助标准", issuer="云岭县民政局", published_on=date(2025, 5, 1))
    Shelf().put("公告", "救助标准提高")
    following.bring_up()
    late = shelf.put("公告", "救助标准再提高", organ=organ, published_on=date(2025, 6, 1))
    for filters, expected in (
        (Filters(), {one, two, three, late}),
        (Filters(organs=(organ,)), {one, late}),
        (Filters(organs=(organ, shelf.organ), since=date(2024, 3, 2)), {two, three, late}),
        (Filters(until=date(2024, 5, 1)), {one, two}),
        (Filters(since=date(2025, 6, 1)), {late}),
        (Filters(kinds=("policy",)), {two}),
        (Filters(validities=("in_force",), years=(2025,)), set()),
        (Filters(topics=("救助",)), {one}),
        (Filters(issuers=("雲嶺縣民政局",)), {three}),
    ):
        assert items(ranked(shelf, "救助标准", filters=filters)) == expected, filters
    assert items(ranked(shelf, "救助标准 的")) == {three}
    assert not asked_database


def test_titles_come_first_and_a_title_that_is_the_word_before_all(shelf):
    often = shelf.put("其他", "救助办法" * 30)
    titled = shelf.put("关于救助办法的通知", "见附件")
    following.bring_up()
    exact = shelf.put("救助办法", "见附件", days=0)
    both = [exact, titled, often]
    assert [hit.release for hit in ranked(shelf, "救助办法").hits] == both
    following.bring_up()
    assert [hit.release for hit in ranked(shelf, "救助办法").hits] == both


def test_above_the_cap_it_still_ranks_counts_and_turns_pages(shelf, monkeypatch):
    for name, value in (("CAP", 5), ("REACH", 10)):
        monkeypatch.setattr(selectors, name, value)
    first = shelf.put("财政预算", "一")
    rest = {shelf.put("公告", f"财政{'财政' * (n % 4)}事项") for n in range(11)}
    following.bring_up()
    pages = [ranked(shelf, "财政", size=4, page=page) for page in (1, 2, 3)]
    assert [(found.order, str(found.count), found.pages) for found in pages] == [("ranked", "12", 3)] * 3
    shown = [hit.release for found in pages for hit in found.hits]
    assert shown[0] == first
    assert len(set(shown)) == len(shown) == 12
    assert set(shown) == rest | {first}
    assert "按相关程度只列出前10条" in pages[0].said[0]
    facets = ranked(shelf, "财政", size=4, facets=True).facets
    assert sum(facet.count for facet in facets.by["kind"]) == 5
    assert not facets.complete


# ── what changed meanwhile ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("taken_in", [False, True])
def test_a_withdrawn_item_is_never_shown_nor_counted(shelf, taken_in):
    kept, withdrawn = shelf.put(text="救助标准"), shelf.put(text="救助标准")
    ending = shelf.put(text="救助标准", visible_until=at(2026, 6))
    coming = shelf.put(text="救助标准", visible_from=at(2026, 6))
    following.bring_up()
    with transaction.atomic():
        services.remove(withdrawn)
    if taken_in:
        following.bring_up()
    for moment, expected in ((at(2026), {kept, ending}), (at(2026, 6), {kept, coming})):
        found = ranked(shelf, "救助标准", at=moment)
        assert (items(found), str(found.count)) == (expected, "2")


def test_who_lags_too_far_leaves_it_to_the_database_and_says_so_when_that_cannot_rank(
    shelf, monkeypatch, asked_database
):
    following.bring_up()
    monkeypatch.setattr(asking, "LOOKED_AT", 3)
    put = {shelf.put(text="救助标准") for _ in range(4)}
    found = ranked(shelf, "救助标准")
    assert (items(found), found.order, found.said) == (put, "ranked", ())
    monkeypatch.setattr(selectors, "CAP", 3)
    found = ranked(shelf, "救助标准")
    assert (found.order, str(found.count), len(asked_database)) == ("newest", "3+", 2)
    assert found.said == (f"按相关程度排列的索引正在更新，现在不能用。{selectors._BY_DATE}",)
    kept = generation(shelf.county)
    monkeypatch.setattr(following, "LOOKED_AT", 3)
    following.bring_up()
    assert generation(shelf.county) != kept  # pages that were kept say what is no longer true
    found = ranked(shelf, "救助标准")
    assert (items(found), str(found.count), found.said, len(asked_database)) == (put, "4", (), 2)


def test_a_change_that_is_undone_leaves_nothing(shelf):
    kept = shelf.put(text="救助标准")
    following.bring_up()
    with transaction.atomic():
        shelf.put(text="救助标准")
        services.remove(kept)
        transaction.set_rollback(True)
    assert not Waiting.objects.exists()
    assert items(ranked(shelf, "救助标准")) == {kept}


def test_it_is_made_anew_with_the_search(shelf):
    shelf.put(text="救助标准")
    following.bring_up()
    before = in_use()
    entry = services.Entry(
        release=uuid.uuid4(), item=uuid.uuid4(), county=shelf.county, organ=shelf.organ, kind="notice", title="公告",
        text="林业标准", published_on=date(2024, 1, 1), visible_from=at(1990),
    )  # fmt: skip
    services.rebuild([entry])
    assert items(ranked(shelf, "林业标准")) == {entry.release}
    following.bring_up()
    assert not before.exists()
    assert items(ranked(shelf, "林业标准")) == {entry.release}
    assert not ranked(shelf, "救助标准").hits


# ── what went wrong ──────────────────────────────────────────────────────────────────────────────────────────────────


def _cut(place):
    next(place.glob("*.store")).write_bytes(b"")
    next(place.glob("*.idx")).write_bytes(b"x" * 10)


def _flip(place):
    path = next(place.glob("*.pos"))
    content = bytearray(path.read_bytes())
    content[0] ^= 0xFF
    path.write_bytes(content)


def _lose(place):
    for path in place.glob("*.term"):
        path.unlink()


@pytest.mark.parametrize("damage", [_cut, _flip, _lose, lambda place: (place / "meta.json").write_text("{")])
def test_a_damaged_index_is_set_aside_before_a_start_and_made_anew(shelf, place, damage):
    kept = shelf.put(text="救助标准提高")
    following.bring_up()
    assert following.check()
    before = in_use()
    damage(before)
    assert not following.check()
    assert (items(ranked(shelf, "救助标准")), before.exists(), (place / "set-aside").exists()) == ({kept}, False, True)
    following.tick()
    assert following.check()
    assert folder.undamaged(in_use().name)
    assert items(ranked(shelf, "救助标准")) == {kept}


def test_what_a_reader_cannot_read_is_answered_by_the_database_and_made_anew(shelf, monkeypatch, asked_database):
    kept = shelf.put(text="救助标准提高")
    before = generation(shelf.county)
    following.bring_up()
    assert generation(shelf.county) != before
    before = in_use()
    monkeypatch.setattr(asking, "_reader", asking._Reader())
    _cut(before)
    _lose(before)
    assert items(ranked(shelf, "救助标准")) == {kept}
    assert len(asked_database) == 1
    following.tick()
    assert items(ranked(shelf, "救助标准")) == {kept}
    assert (len(asked_database), in_use() == before) == (1, False)


def test_another_format_or_another_history_is_made_anew(shelf):
    kept = shelf.put(text="救助标准")
    following.bring_up()
    for spoil in (
        lambda: (in_use() / "format").write_text("0"),
        lambda: Embedded.objects.update(stamp=1),  # the database was restored to an earlier day
        lambda: Embedded.objects.update(folder="", writing=True),  # cut off while it was made
    ):
        before = Embedded.objects.get().pk
        spoil()
        following.tick()
        assert Embedded.objects.get().pk != before
        assert items(ranked(shelf, "救助标准")) == {kept}


def test_who_was_cut_off_after_writing_writes_again(shelf, monkeypatch):
    kept = shelf.put(text="救助标准")
    following.bring_up()
    before = in_use()
    added = shelf.put(text="救助标准")
    with monkeypatch.context() as cut:
        cut.setattr(following, "transaction", SimpleNamespace(atomic=lambda: 1 / 0))
        with pytest.raises(ZeroDivisionError):
            following.bring_up()
    assert (Waiting.objects.count(), Embedded.objects.get().writing) == (1, True)
    assert items(ranked(shelf, "救助标准")) == {kept, added}
    following.bring_up()
    assert (in_use(), Waiting.objects.count()) == (before, 0)
    found = ranked(shelf, "救助标准")
    assert (items(found), str(found.count)) == ({kept, added}, "2")


# ── two processes, and none ──────────────────────────────────────────────────────────────────────────────────────────

_OTHER = """
import json, sys, tantivy
index = tantivy.Index.open(sys.argv[1])
index.config_reader("manual")
for line in sys.stdin:
    index.reload()
    searcher = index.searcher()
    question = tantivy.Query.term_query(index.schema, "body", line.strip(), "freq")
    print(searcher.search(question).count, flush=True)
"""
_HOLDER = """
import fcntl, sys
with open(sys.argv[1], "w") as handle:
    fcntl.flock(handle, fcntl.LOCK_EX)
    print("held", flush=True)
    sys.stdin.read()
"""


def _process(code, *told):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, told)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_one_process_writes_and_others_read_on(shelf, place):
    shelf.put(text="救助标准")
    following.bring_up()
    with _process(_OTHER, in_use()) as reader, _process(_HOLDER, place / "writer.lock") as holder:

        def read():
            reader.stdin.write("救助\n")
            reader.stdin.flush()
            return int(reader.stdout.readline())

        assert read() == 1
        shelf.put(text="救助标准")
        assert holder.stdout.readline() == "held\n"
        assert not following.bring_up()
        assert (read(), str(ranked(shelf, "救助标准").count)) == (1, "2")
        holder.communicate()
        assert following.bring_up()
        assert (read(), str(ranked(shelf, "救助标准").count)) == (2, "2")
        reader.communicate()


def test_off_by_default_nothing_is_kept_nor_loaded(shelf, place, monkeypatch, asked_database):
    shelf.put(text="救助标准")
    following.bring_up()
    monkeypatch.setattr("django.conf.settings.GONGKAI_SEARCH_INDEX", False)
    assert following.check()
    shelf.put(text="救助标准")
    following.tick()
    assert (Embedded.objects.exists(), Waiting.objects.exists()) == (False, False)
    assert not [path for path in place.iterdir() if path.is_dir()]
    assert (len(ranked(shelf, "救助标准").hits), len(asked_database)) == (2, 1)
    loaded = (
        "import json,sys,gongkai.web.settings as s; from gongkai.web import serve; import django; django.setup(); "
        "import gongkai.web.search.selectors; print(json.dumps([s.GONGKAI_SEARCH_INDEX, 'tantivy' in sys.modules]))"
    )
    environment = {"PATH": "", "GONGKAI_DATA": str(place), "DJANGO_SETTINGS_MODULE": "gongkai.web.settings"}
    told = subprocess.run([sys.executable, "-c", loaded], env=environment, capture_output=True, text=True, check=True)
    assert json.loads(told.stdout) == [False, False]


def test_without_the_library_the_database_answers(shelf, monkeypatch, asked_database):
    kept = shelf.put(text="救助标准")
    monkeypatch.setattr(folder.importlib.util, "find_spec", lambda _: None)
    following.tick()
    assert not Embedded.objects.exists()
    assert (items(ranked(shelf, "救助标准")), len(asked_database)) == ({kept}, 1)


def test_a_shelf_of_many_is_taken_in_beside_the_other_jobs(shelf, monkeypatch):
    begun = []
    monkeypatch.setattr(following, "_BESIDE", 1)
    monkeypatch.setattr(following.threading.Thread, "start", lambda thread: begun.append(thread.name))
    shelf.put(text="救助标准")
    following.tick()
    assert (begun, Embedded.objects.count()) == ([], 1)
    for _ in range(2):
        shelf.put(text="救助标准")
    following.tick()
    assert (begun, Waiting.objects.count(), Document.objects.count()) == (["search-index"], 2, 3)
