"""What was done to a year's figures, as the audit tells it."""

from __future__ import annotations

COMPILING: dict[str, str] = {
    "compilation.enter": "填报或者更改年报的一格",
    "compilation.take_back": "收回填报的一格",
    "compilation.say_none": "说明一张表没有可计的",
    "compilation.take_back_none": "收回没有可计的说明",
    "compilation.hand_on": "定稿时结转未办结的申请",
}
