"""The check before publication of the newest version of an entry: its words and every file."""

from __future__ import annotations

from gongkai.web.audit.services import Audit
from gongkai.web.files.services import read
from gongkai.web.proactive.models import Item
from gongkai.web.proactive.selectors.facts import files_of, newest_version, words_to_check
from gongkai.web.review.models import CheckRun
from gongkai.web.review.services import check_file, check_text


def check_entry(*, audit: Audit, item: Item) -> list[CheckRun]:
    """Check an entry. Outside of any transaction: reading goes on in a process of its own and may take a while."""
    version = newest_version(item)
    if version is None:
        return []
    files = files_of(version)
    runs = [check_text(audit=audit, subject=version.pk, name="正文", text=words_to_check(version, files))]
    for row in files:
        data = read(row.file_id)
        runs.append(check_file(audit=audit, subject=version.pk, name=row.name, data=data, file=row.file_id))
    return runs
