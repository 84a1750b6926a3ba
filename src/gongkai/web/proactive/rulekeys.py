"""The matters that a county or an organ may set for proactive disclosure; all of them are 本系统规则."""

from __future__ import annotations

INDEX_CODE = "proactive.index_code"
OWN_LIMIT = "proactive.own_limit"
EVALUATION_MONTHS = "proactive.evaluation_months"
COLUMNS = "proactive.columns"
TOPICS = "proactive.topics"
COLUMN_INTERVALS = "proactive.column_intervals"

KEYS: dict[str, str] = {
    INDEX_CODE: "索引号的前段码",
    OWN_LIMIT: "本机关自定的公开期限",
    EVALUATION_MONTHS: "不予公开信息的评估间隔",
    COLUMNS: "栏目",
    TOPICS: "专题",
    COLUMN_INTERVALS: "栏目的更新间隔",
}
"""Every key in words, for the list of what was set."""
