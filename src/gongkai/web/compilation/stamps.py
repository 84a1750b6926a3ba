"""What a record says for the count, as a short fingerprint: the version of records that carry none of their own.

A frozen report keeps these, for years and over changes of the program. So what goes into one is written out here, word
by word, and never the way Python happens to show an object: a field added to a class must not announce that every
record of every frozen report has changed.

A report of a year is about that year: what happened after its last day (`until`) is no change of its records. That an
application carried forward is answered in January is what the report said would come.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from gongkai.onrequest.events import Kind
from gongkai.web.onrequest.selectors.tallied import DECISIVE

if TYPE_CHECKING:
    from gongkai.annual.tally import Case
    from gongkai.onrequest.disputes import Dispute
    from gongkai.onrequest.events import Event
    from gongkai.web.registers.selectors.counting import Source

WEIGHTY = (*DECISIVE, Kind.CLOSED)
"""The kinds of facts of a case without which it could count otherwise; an extension told later changes no figure."""


def of_application(parts: Iterable[Case], until: date) -> str:
    """An application, or a paper with all the parts it was taken into: applicants and dated facts."""

    def facts(part: Case) -> Iterator[str]:
        return (_event(each) for each in part.events if each.kind in WEIGHTY and each.on <= until)

    return _stamp("\n".join([part.number, part.applicant.value, *facts(part)]) for part in parts)


def of_dispute(dispute: Dispute, until: date) -> str:
    """A dispute: its kind, its day, its rulings and appeals."""
    rulings = (f"{ruling.on} {ruling.outcome}" for ruling in dispute.rulings if ruling.on <= until)
    appeals = (str(on) for on in dispute.appealed_on if on <= until)
    return _stamp([dispute.number, f"{dispute.kind.value} {dispute.received_on}", *rulings, *appeals])


def of_source(source: Source) -> str:
    """A published entry that counts: its title, its day, and what it adds."""
    return _stamp([source.title, f"{source.on} {source.adds.normalize():f}"])


def _event(event: Event) -> str:
    return f"{event.kind.value} {event.on} {event.until} {event.days} {event.matter} {event.decision}"


def _stamp(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n\n".join(lines).encode()).hexdigest()[:16]
