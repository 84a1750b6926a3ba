"""The measures, a small function each. A later measure is added to `MEASURES`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import peers
from bench.drawn import drawn
from bench.figures import Figure, at_least, at_most, per_second, shown
from bench.material import File, clean_html, clean_text, messy, people_list, written
from gongkai.readers import read_bytes

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "bench"
RATE = "reports/s"

# What reading a page must not load: the framework, and what other formats, writers and plain parsers need.
UNNEEDED = (
    "django",
    "docx",
    "docxtpl",
    "openpyxl",
    "xlsxwriter",
    "pdfplumber",
    "pdfminer",
    "pypdfium2",
    "typst",
    "numpy",
    "pandas",
    "PIL",
    "cryptography",
    "granian",
    "python_calamine",
)


def read(file: File) -> object:
    """What is measured: bytes become a report."""
    return read_bytes(file.data, file.name)


def html_clean() -> Iterator[Figure]:
    """Clean pages beside pandas."""
    files = clean_html(60)
    beside = per_second(peers.pandas_read_html, files[:20], 1)
    yield at_least("clean HTML, one core", per_second(read, files), RATE, 250, beside, "pandas.read_html")


def text_clean() -> Iterator[Figure]:
    """Clean texts."""
    yield at_least("clean text, one core", per_second(read, clean_text(60)), RATE, 250)


def html_and_text_messy() -> Iterator[Figure]:
    """Pages and texts under one to four kinds of mess."""
    yield at_least("messy HTML and text, one core", per_second(read, messy(120)), RATE, 80)


def docx() -> Iterator[Figure]:
    """Word documents beside python-docx, and how many times as fast."""
    files = written(20, "docx")
    ours, beside = per_second(read, files), per_second(peers.python_docx, files[:5], 1)
    yield at_least("DOCX, one core", ours, RATE, 60, beside, "python-docx")
    yield at_least("DOCX, times python-docx", ours / beside, "×", 5)


def xlsx() -> Iterator[Figure]:
    """Workbooks beside openpyxl."""
    files = written(12, "xlsx")
    yield shown(
        "XLSX, one core", per_second(read, files), RATE, per_second(peers.openpyxl_values, files, 1), "openpyxl"
    )


@contextmanager
def counting_geometry() -> Iterator[list[int]]:
    """Counts how often the second tier of PDF is entered."""
    from gongkai.readers.formats import pdf_geometry

    entered: list[int] = []
    before = pdf_geometry.read

    def counted(*arguments: object, **named: object) -> object:
        entered.append(1)
        return before(*arguments, **named)  # type: ignore[arg-type]

    pdf_geometry.read = counted  # type: ignore[assignment]
    try:
        yield entered
    finally:
        pdf_geometry.read = before


def pdf_text_layer() -> Iterator[Figure]:
    """PDF as our own writer sets it: the text layer should suffice; the share that needed the geometry is stated."""
    files = written(12, "pdf")
    with counting_geometry() as entered:
        for file in files:
            read(file)
    beside = per_second(peers.pdfplumber_tables, files[:3], 1)
    yield at_least("PDF, text layer, one core", per_second(read, files), RATE, 25, beside, "pdfplumber extract_tables")
    yield shown("PDF set in order, share read by geometry", 100 * len(entered) / len(files), "%")


def pdf_geometry() -> Iterator[Figure]:
    """PDF drawn cell by cell out of order: the geometry of the page is needed."""
    files = drawn(6)
    with counting_geometry() as entered:
        for file in files:
            read(file)
    beside = per_second(peers.pdfplumber_tables, files[:3], 1)
    yield at_least(
        "PDF, page geometry, one core", per_second(read, files, 1), RATE, 3, beside, "pdfplumber extract_tables"
    )
    yield shown("PDF drawn out of order, share read by geometry", 100 * len(entered) / len(files), "%")


def command_many() -> Iterator[Figure]:
    """A thousand pages through `gongkai check` on two processes, from start to end."""
    folder = BUILD / "thousand"
    folder.mkdir(parents=True, exist_ok=True)
    for file in clean_html(1000):
        (folder / file.name).write_bytes(file.data)
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.cli", "check", str(folder), "--summary", "--jobs", "2"],
        capture_output=True,
        check=False,
    )
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    yield at_most("1,000 HTML through gongkai check, two cores", seconds, "s", 10)


def _run_read(path: Path, *, loaded: bool = False) -> subprocess.CompletedProcess[str]:
    options = ["-X", "importtime"] if loaded else []
    return subprocess.run(
        [sys.executable, *options, "-m", "gongkai.cli", "read", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )


def command_one() -> Iterator[Figure]:
    """`gongkai read` of one file, the whole process, in the formats an office sends; and what it loads for a page."""
    BUILD.mkdir(parents=True, exist_ok=True)
    for file in (
        clean_html(1)[0],
        clean_text(1)[0],
        written(1, "docx")[0],
        written(1, "xlsx")[0],
        written(1, "pdf")[0],
    ):
        path = BUILD / f"one{Path(file.name).suffix}"
        path.write_bytes(file.data)
        seconds = []
        for _ in range(5):
            start = time.perf_counter()
            _run_read(path)
            seconds.append(time.perf_counter() - start)
        yield at_most(f"gongkai read of one {path.suffix}, whole process", statistics.median(seconds), "s", 0.5)
    loaded = {
        line.rsplit("|", 1)[-1].strip().split(".")[0]
        for line in _run_read(BUILD / "one.html", loaded=True).stderr.splitlines()
    }
    met = sorted(loaded & set(UNNEEDED))
    yield at_most(f"modules a page does not need{': ' + ', '.join(met) if met else ''}", len(met), "modules", 0)


def prechecks() -> Iterator[Figure]:
    """Looking through files before they go out: reports as DOCX, XLSX and PDF, and a list of five thousand persons."""
    from gongkai.readers.precheck import precheck

    def look(file: File) -> object:
        return precheck(file.name, file.data)

    for ending in ("docx", "xlsx", "pdf"):
        files = written(6, ending)
        yield at_most(f"precheck of a report in {ending.upper()}, one core", 1 / per_second(look, files), "s", 1)
    people = File("名单.xlsx", people_list(5000))
    yield at_most("precheck of 5,000 persons in XLSX, one core", 1 / per_second(look, [people], 1), "s", 10)


def office_pages() -> Iterator[Figure]:
    """The pages of the application desk with a county's cases stored (BENCH_SIZE, 100,000 by default)."""
    from bench import office

    yield from office.pages(BUILD)


def office_registrations() -> Iterator[Figure]:
    """Registrations beside readers, on a real server."""
    from bench import office

    yield from office.registrations(BUILD)


def office_ledger() -> Iterator[Figure]:
    """A ledger brought in."""
    from bench import office

    yield from office.ledger(BUILD)


def search() -> Iterator[Figure]:
    """The search over published items (BENCH_SIZE, 20,000 by default)."""
    from bench import search as searching

    yield from searching.figures(BUILD)


def portal() -> Iterator[Figure]:
    """The portal under load (BENCH_PORTAL_ITEMS, 20,000 by default)."""
    from bench import portal as outside

    yield from outside.figures(BUILD)


def county() -> Iterator[Figure]:
    """The county's table of sixty organs with 200,000 records."""
    from bench import collection

    yield from collection.figures(BUILD)


def overview() -> Iterator[Figure]:
    """The leader's page of the same county."""
    from bench import overview as leader

    yield from leader.figures(BUILD)


def year() -> Iterator[Figure]:
    """One organ's yearly report with 20,000 applications, compiled from the facts."""
    from bench import year as compiling

    yield from compiling.figures(BUILD)


def wagtail() -> Iterator[Figure]:
    """Ours beside stock Wagtail in an environment of its own, over the documents of the search (BENCH_SIZE)."""
    from bench import peers_wagtail

    yield from peers_wagtail.figures(BUILD)


MEASURES: tuple[Callable[[], Iterator[Figure]], ...] = (
    html_clean,
    text_clean,
    html_and_text_messy,
    docx,
    xlsx,
    pdf_text_layer,
    pdf_geometry,
    command_one,
    command_many,
    prechecks,
    office_pages,
    office_registrations,
    office_ledger,
    search,
    portal,
    year,
    county,
    overview,
    wagtail,
)
