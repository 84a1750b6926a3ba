"""The matters that a county or an organ may set for letters and the hotline; all of them are 本系统规则."""

from __future__ import annotations

DAYS = "interaction.days"
HOTLINE_COLUMNS = "interaction.hotline_columns"

KEYS: dict[str, str] = {DAYS: "来信的答复时间", HOTLINE_COLUMNS: "热线台账的表头"}
"""Every key in words, for the list of what was set."""

MOST_DAYS = 60
