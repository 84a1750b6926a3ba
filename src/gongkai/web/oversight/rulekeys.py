"""The keys under which a county sets what supervision goes by. All of it is 本系统规则 or the county's own."""

from __future__ import annotations

PROBLEM_DAYS = ("oversight.problem_days", 10)
"""Working days in which a problem is to be put right."""
REPLY_DAYS = ("oversight.reply_days", 10)
"""Working days in which an organ replies to a notice."""
PASS_MARK = ("oversight.pass_mark", 60)
"""Of a hundred: the mark from which a test is passed."""
