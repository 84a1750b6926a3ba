"""How long personal data are kept: set by the county, 本系统规则. What nobody set is kept."""

from __future__ import annotations

YEARS = "erasure.years"

KEYS: dict[str, str] = {YEARS: "个人信息的保存年限"}
"""Every key in words, for the list of what was set."""

MOST_YEARS = 50
