"""Stock Wagtail beside us: its own environment, its own SQLite, its default search; the same documents, the same load.

The environment is built once under build/bench/wagtail by Wagtail's own `wagtail start`; the 20,000 documents of the
search measure are loaded in bulk (BENCH_SIZE). Then both answer the same load tool with two workers, one after the
other, and both are asked the same questions; what contains the phrase is known beforehand.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from bench.figures import Figure, shown

ROOT = Path(__file__).resolve().parents[1]
SITE = "peer"
ASKED = 60
"""Questions asked of both, spread over all sorts."""
PAGES = 200
"""Pages of items that are asked for in turn."""
MOST = 2001
LOADING = 1
"""Counted up when what is loaded changes."""

MODELS = """
from django.core.paginator import Paginator
from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index


class Item(Page):
    number = models.PositiveIntegerField()
    date = models.DateField()
    body = RichTextField()
    search_fields = Page.search_fields + [index.SearchField("body"), index.FilterField("date")]


class ItemIndex(Page):
    def get_context(self, request):
        context = super().get_context(request)
        rows = Item.objects.child_of(self).live().order_by("-date", "-pk")
        context["items"] = Paginator(rows, 50).get_page(request.GET.get("p"))
        return context
"""
ITEM = """{% extends "base.html" %}{% load wagtailcore_tags %}{% block content %}<h1>{{ page.title }}</h1>
<p>{{ page.date }}</p>{{ page.body|richtext }}{% endblock %}"""
INDEX = """{% extends "base.html" %}{% load wagtailcore_tags %}{% block content %}<h1>{{ page.title }}</h1>
<ul>{% for item in items %}<li><a href="{% pageurl item %}">{{ item.title }}</a> {{ item.date }}</li>{% endfor %}</ul>
{% if items.has_next %}<a href="?p={{ items.next_page_number }}">next</a>{% endif %}{% endblock %}"""
SETTINGS = """
from .base import *
DEBUG = False
SECRET_KEY = "only for a benchmark on this machine"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS += ["items"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
"""
LOAD = """
import sys, uuid
from datetime import date, timedelta
sys.path.insert(0, {root!r})
from bench.search_text import body, title
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from home.models import HomePage
from items.models import Item, ItemIndex
from wagtail.models import Page
from django.utils import timezone
count = {count}
home = HomePage.objects.first()
index = home.add_child(instance=ItemIndex(title="信息", slug="items"))
kind, now = ContentType.objects.get_for_model(Item), timezone.now()
for start in range(0, count, 2000):
    numbers = range(start, min(count, start + 2000))
    made = Page.objects.bulk_create([
        Page(path=Page._get_path(index.path, index.depth + 1, n + 1), depth=index.depth + 1, title=title(n)[:250], draft_title=title(n)[:250],
             slug=f"item-{{n}}", url_path=f"{{index.url_path}}item-{{n}}/", content_type=kind, live=True, locale_id=index.locale_id,
             translation_key=uuid.uuid4(), first_published_at=now, last_published_at=now)
        for n in numbers])
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO items_item (page_ptr_id, number, date, body) VALUES (%s, %s, %s, %s)",
            [(page.pk, n, date(2010, 1, 4) + timedelta(n * 5800 // count), f"<p>{{body(n)}}</p>") for page, n in zip(made, numbers)])
Page.objects.filter(pk=index.pk).update(numchild=count)
call_command("update_index", verbosity=0)
"""
ASK = """
import json, sys, time
from items.models import Item
questions = json.load(open({asked!r}, encoding="utf-8"))
told = []
for typed in questions:
    start = time.perf_counter()
    found = Item.objects.live().search(typed)
    first, count = list(found[:10]), found.count()
    taken = (time.perf_counter() - start) * 1000
    numbers = [item.number for item in Item.objects.live().search(typed)[:{most}]]
    start = time.perf_counter()
    plain = Item.objects.live().filter(body__contains=typed).order_by("-date")
    list(plain[:10]), plain.count()
    told.append([taken, numbers, (time.perf_counter() - start) * 1000])
print("ANSWERS" + json.dumps(told))
"""


def _place(build: Path) -> Path:
    return build / "wagtail"


def _python(place: Path) -> Path:
    return place / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"


def _run(place: Path, *words: str, code: str = "") -> str:
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": f"{SITE}.settings.bench", "PYTHONPATH": ""}
    done = subprocess.run(
        [str(_python(place)), *words],
        input=code,
        capture_output=True,
        text=True,
        check=False,
        cwd=place / "site",
        env=told,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


def _installed(place: Path) -> bool:
    """Make the environment where it is not there; whether it is."""
    if (place / "installed").exists():
        return True
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    venv.create(place / "venv", with_pip=True)
    words = [
        str(_python(place)),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "wagtail",
        "granian",
    ]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        return False
    (place / "installed").touch()
    return True


def _loaded(place: Path, count: int) -> None:
    """Make the site and load the documents where that was not done to the end."""
    done = place / f"loaded-{count}-{LOADING}"
    if done.exists():
        return
    start = time.monotonic()
    site = place / "site"
    shutil.rmtree(site, ignore_errors=True)
    site.mkdir()
    wagtail = _python(place).with_name("wagtail")
    subprocess.run([str(wagtail), "start", SITE, str(site)], capture_output=True, check=True)
    templates = site / "items" / "templates" / "items"
    (site / "items" / "migrations").mkdir(parents=True)
    templates.mkdir(parents=True)
    for path, text in (
        ("items/__init__.py", ""), ("items/migrations/__init__.py", ""), ("items/models.py", MODELS),
        (f"{SITE}/settings/bench.py", SETTINGS), ("items/templates/items/item.html", ITEM),
        ("items/templates/items/item_index.html", INDEX),
    ):  # fmt: skip
        (site / path).write_text(text, "utf-8")
    _run(place, "manage.py", "makemigrations", "items")
    _run(place, "manage.py", "migrate", "--verbosity", "0")
    _run(place, "manage.py", "shell", code=LOAD.format(root=str(ROOT), count=count))
    done.touch()
    print(f"  {count:,} documents in Wagtail, in {time.monotonic() - start:.0f} s", file=sys.stderr)


@contextmanager
def _served(place: Path, port: int) -> Iterator[None]:
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": f"{SITE}.settings.bench", "PYTHONPATH": ""}
    words = ["-m", "granian", "--interface", "wsgi", "--workers", "2", "--port", str(port), f"{SITE}.wsgi:application"]
    process = subprocess.Popen(
        [str(_python(place)), *words],
        cwd=place / "site",
        env=told,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(120):
            try:
                asked = HTTPConnection("127.0.0.1", port, timeout=5)
                asked.request("GET", "/items/")
                if asked.getresponse().status == 200:
                    break
            except OSError:
                time.sleep(0.25)
        else:
            raise RuntimeError("Wagtail did not answer")
        yield
    finally:
        process.terminate()
        process.wait(30)


def _rates_of_ours() -> dict[str, float]:
    """Our item and list pages made anew, in a process of its own: its store is another than that of the search."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.peers_wagtail"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _ours() -> dict[str, float]:
    from bench import portal, portal_data
    from bench.measures import BUILD

    found = portal_data.prepared(BUILD)
    with portal._server():
        return {
            "item": portal._load(found.items, anew=True)[0],
            "list": portal._load(found.lists, anew=True)[0],
        }


def _pages(place: Path, count: int) -> Iterator[Figure]:
    from bench import portal
    from bench.office import PORT

    items = [f"/items/item-{n}/" for n in range(0, count, max(1, count // PAGES))]
    lists = [f"/items/?p={n}" for n in range(1, 40)]
    with _served(place, PORT):
        theirs = {"item": portal._load(items, anew=True)[0], "list": portal._load(lists, anew=True)[0]}
    ours = _rates_of_ours()
    for name, zh in (("item", "page of an item"), ("list", "page of a list")):
        words = f"{zh} made anew, ours beside stock Wagtail"
        yield shown(words, ours[name], "requests/s", theirs[name], "stock Wagtail")


def _searches(place: Path, build: Path) -> Iterator[Figure]:
    """Time of a question with its first ten and its count; and what was found of what contains the phrase."""
    from bench import search, search_data

    told = search_data.prepared(build)
    questions = [q for q in told[:: max(1, len(told) // ASKED)] if q.count < MOST and not re.search(r"\s", q.typed)]
    asked = place / "questions.json"
    asked.write_text(json.dumps([q.typed for q in questions], ensure_ascii=False), "utf-8")
    out = _run(place, "manage.py", "shell", code=ASK.format(asked=str(asked), most=MOST))
    theirs = json.loads(out.rpartition("ANSWERS")[2])
    from gongkai.web.search import selectors
    from gongkai.web.search.models import Document

    items = Document.objects.values_list("position", "item")
    number_at = {position: item.int - 1 for position, item in items}
    wanted = [{number_at[position] for position in q.newest} for q in questions]
    base = max(1, sum(map(len, wanted)))
    found = [len(want & set(numbers)) for want, (_, numbers, _) in zip(wanted, theirs, strict=True)]
    mine = [
        len(want & {number_at[p] for p in search._positions(q, "newest")})
        for want, q in zip(wanted, questions, strict=True)
    ]
    moments = search._timed(lambda q: selectors.search(q.typed, county=search_data.COUNTY), questions, 3)
    ours = statistics.median(taken for taken, _ in moments)
    beside = f"{search_data.SIZE:,} documents, {len(questions)} questions"
    stock, like = (statistics.median(row[column] for row in theirs) for column in (0, 2))
    part = sum(found) / base
    yield shown(f"search, ours beside stock Wagtail, {beside}, median", ours, "ms", stock, "stock Wagtail")
    yield shown(f"search, ours beside LIKE in Wagtail's store, {beside}, median", ours, "ms", like, "LIKE")
    words = f"found of what contains the words, ours beside stock Wagtail, {beside}"
    yield shown(words, sum(mine) / base, "of 1", part, "stock Wagtail")


def figures(build: Path) -> Iterator[Figure]:
    """All of it; nothing, with a sentence, where Wagtail cannot be installed."""
    from bench.search_data import SIZE

    place = _place(build)
    if not _installed(place):
        print("  Wagtail cannot be installed here (no package index is reachable): not measured", file=sys.stderr)
        return
    _loaded(place, SIZE)
    if shutil.which("wrk") is None:
        print("  wrk is not installed (Debian: wrk): the pages of Wagtail are not measured", file=sys.stderr)
    else:
        yield from _pages(place, SIZE)
    yield from _searches(place, build)


if __name__ == "__main__":
    print(json.dumps(_ours()))
