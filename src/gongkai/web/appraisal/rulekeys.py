"""The keys under which a county sets what the public's appraisal goes by. All of it is 本系统规则 or the county's own."""

from __future__ import annotations

LEAST = ("appraisal.least", 30)
"""Answers below which a question is shown in numbers, without shares."""
BURST = ("appraisal.burst", 10)
"""So many answers from the net about one organ within `MINUTES` are shown to the office."""
MINUTES = ("appraisal.minutes", 10)
"""The span of a burst, in minutes."""
SAME = ("appraisal.same", 5)
"""So many answers of one day that say the same about one organ, words and all, are shown to the office."""
