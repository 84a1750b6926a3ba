"""The keys under which a county sets what the patrol goes by. All of it is 本系统规则 or the county's own."""

from __future__ import annotations

from gongkai.patrol.kinds import Grade

DAYS: dict[Grade, tuple[str, int]] = {
    "grave": ("patrol.days.grave", 3),
    "doubt": ("patrol.days.doubt", 10),
    "note": ("patrol.days.note", 20),
}
"""By weight: the setting's key, and the working days where nothing is set."""
OWN_EVERY = "patrol.own_every"
"""After how many days a worker walks our own pages by itself; 0 and nothing set: only when asked."""
ROUTES = "patrol.routes"
"""Beginnings of addresses, each with the organ that answers for it: a list of [beginning, key of the organ]."""
REVIEWED_FROM = "patrol.reviewed_from"
"""The day from which every item on line must have a record of its review; not compared where nothing is set."""
