"""What a county may set for its roll-up; all of it 本系统规则."""

from __future__ import annotations

TOGETHER = "collection.together"
INTERNAL_DAY = "collection.internal_day"

KEYS: dict[str, str] = {
    TOGETHER: "县级人民政府由哪个机关一并填报",
    INTERNAL_DAY: "各机关报送年度报告的内部期限（月-日）",
}
"""Every key in words."""

LAW_DAY = (1, 31)
"""The day of article 49 for departments, in the year after."""
