"""What a county sets for assessment; 本系统规则."""

from __future__ import annotations

WEIGHT = "assessment.weight"
USUAL_WEIGHT = 4
"""The share of an organ's whole performance in per cent, where nothing is set. No provision was read for it."""
KEYS: dict[str, str] = {WEIGHT: "考核在绩效考核总分中的比重（%）"}
"""Every key in words."""
