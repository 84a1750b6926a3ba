"""What a county or an organ may set for its registers; all of it 本系统规则."""

from __future__ import annotations

LAPSED = "registers.lapsed"
GRACE = "registers.grace"
DAYS = "registers.days"
RHYTHM = "registers.rhythm"
SOON_MONTHS = "registers.soon_months"

KEYS: dict[str, str] = {
    LAPSED: "失效的文件是否计入废止",
    GRACE: "每期结束后几日内登记",
    DAYS: "台账的期限",
    RHYTHM: "台账的登记周期",
    SOON_MONTHS: "提前几个月提示文件即将失效",
}
"""Every key in words; those of one register end in a colon and its key."""

GRACE_DAYS, MONTHS_BEFORE = 10, 6
"""What holds until the county sets it."""
