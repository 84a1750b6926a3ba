"""What is known now against what was frozen; and one frozen version against another."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.web.issuing.differing import Differences, differences
from gongkai.web.issuing.models import Draft, Frozen
from gongkai.web.issuing.packing import Members, unpack
from gongkai.web.issuing.selectors.assembled import Assembled, assembled


@dataclass(frozen=True, slots=True)
class Since:
    """What differs from a kept report now, with what would be kept now."""

    differences: Differences
    now: Assembled


def kept(draft: Draft) -> tuple[bytes, Members]:
    """What a draft keeps: the bytes that are outside, and what stands behind each cell."""
    return bytes(draft.report), unpack(draft.members)


def since(draft: Draft) -> Since:
    """What is known now against what a draft keeps. The year is compiled anew."""
    now = assembled(draft.organ, draft.year, scope=draft.scope)
    told = (now.packed.report, now.packed.members)
    return Since(differences(kept(draft), told, reasons=dict(now.figures.beside)), now)


def between(one: Frozen, other: Frozen) -> Differences:
    """What a later version says otherwise than an earlier one."""
    return differences(kept(one.draft), kept(other.draft))
