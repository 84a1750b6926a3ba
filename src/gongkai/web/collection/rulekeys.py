"""What a county may set for its roll-up; all of it 本系统规则."""

from __future__ import annotations

from gongkai.annual.january import LOCAL

TOGETHER = "collection.together"
INTERNAL_DAY = "collection.internal_day"
LOCAL_DAYS: dict[str, str] = {form: f"collection.local_day.{form}" for form in LOCAL}
"""By the form of the organ: the county's own day where the Regulations set none."""

KEYS: dict[str, str] = {
    TOGETHER: "县级人民政府由哪个机关一并填报",
    INTERNAL_DAY: "各机关报送年度报告的内部期限（月-日）",
    **{key: f"{LOCAL[form]}报送年度报告的日期（月-日）" for form, key in LOCAL_DAYS.items()},
}
"""Every key in words."""
