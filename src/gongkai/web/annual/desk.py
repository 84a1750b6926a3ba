"""The desk at work: first start, the reading in the background, and waiting a moment for it."""

from __future__ import annotations

import logging
import os
import threading
import time

from django.db import close_old_connections, connection
from django.db.utils import DatabaseError

from gongkai.web.annual.models import Batch, Job, Submission
from gongkai.web.annual.services.checking import check_again
from gongkai.web.annual.services.reading import claim, do, put_back_cut_off
from gongkai.web.organs.models import County
from gongkai.web.organs.services import ensure_county
from gongkai.web.people.services import ensure_local_operator

IDLE_SECONDS = 2.0
_log = logging.getLogger(__name__)
_wake = threading.Condition()
_started = False


def open_desk() -> County:
    """What must be there before the first page: the county and its operator. Cut-off work waits again."""
    county = ensure_county()
    ensure_local_operator(county.pk)
    put_back_cut_off()
    return county


def wake() -> None:
    """Tell the background that there is work."""
    with _wake:
        _wake.notify_all()


def read_next() -> bool:
    """Do one piece of work, if there is one. A failure is kept as a failed job, never lost."""
    job = claim()
    if job is None:
        return False
    try:
        do(job)
    except Exception:  # noqa: BLE001 - said in the next line
        # Whatever went wrong with one file, the next one is read all the same.
        _log.exception("reading %s failed", job.pk)
        Job.objects.filter(pk=job.pk).update(state="failed")
    return True


def read_all() -> int:
    """Do all waiting work now, in this thread. Returns how much there was."""
    count = 0
    while read_next():
        count += 1
    return count


def check_all_again() -> int:
    """Check what was checked by older rules, or whose outcome is gone. Returns how many reports were looked at."""
    found = Submission.objects.filter(readings__report__isnull=False).distinct()
    keys = list(found.values_list("pk", flat=True))
    for key in keys:
        check_again(Submission.objects.get(pk=key))
    return len(keys)


def _background(first: bool) -> None:
    if first:
        try:
            check_all_again()
        except DatabaseError:
            _log.exception("the check of older reports did not end")
    while True:
        try:
            close_old_connections()
            if read_next():
                continue
        except DatabaseError:
            _log.exception("the background could not ask for work")
            connection.close()
        with _wake:
            _wake.wait(IDLE_SECONDS)


def start_reading() -> None:
    """Start the background threads of this process, once."""
    global _started
    if _started:
        return
    _started = True
    for number in range(min(2, os.cpu_count() or 1)):
        threading.Thread(target=_background, args=(number == 0,), name=f"reading-{number}", daemon=True).start()


def wait_for(batch: Batch, seconds: float) -> bool:
    """Wait a moment for a small batch; whether all of it was read."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not Job.objects.filter(submission__batch=batch, state__in=("waiting", "reading")).exists():
            return True
        time.sleep(0.05)
    return False
