"""Every place that opens a zip somebody sent, over zips that open somewhat and then do not: an answer or a refusal in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongkai.documents.archive_package import verify_package
from gongkai.documents.template_grid import NotTemplate, opened
from gongkai.readers import Unreadable, read_bytes
from gongkai.readers.formats.archive import iter_archive
from gongkai.readers.ledger import read_ledger
from gongkai.readers.sites.saved import open_saved
from gongkai.web.exchange.bundle import Archive
from gongkai.web.facts import Refused
from gongkai.web.files import archives, kinds
from tests.zips import spoiled

REFUSALS = (Unreadable, NotTemplate, Refused)


def _all_of(data: bytes) -> None:
    package = Archive.of(data)
    for name in package.names:
        package.read(name)


PLACES: dict[str, Callable[[bytes], object]] = {
    "what it is": kinds.detect,
    "whether it has macros": kinds.has_macros,
    "whether it is an archive": lambda data: archives.is_archive(data, "甲.zip"),
    "the files in it": lambda data: list(archives.members(data, files=9, one=10**6, total=10**7)),
    "one by one": lambda data: list(iter_archive(data)),
    "as a report": lambda data: read_bytes(data, "甲.xlsx"),
    "as a ledger": lambda data: read_ledger(data, "甲.xlsx"),
    "as a saved site": open_saved,
    "as an archive package": verify_package,
    "as a template": opened,
    "as a platform's applications": _all_of,
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("how", spoiled())
def test_a_spoiled_zip_is_answered_or_refused_in_words(how: str, place: str) -> None:
    try:
        PLACES[place](spoiled()[how])
    except REFUSALS as refused:
        assert any("一" <= letter <= "鿿" for letter in str(refused))
