"""The rules of the words, each with what it compares; documentation is made from this."""

from __future__ import annotations

from gongkai.annual.rules import Rule

_ASK = "两处不一致，请核实哪一处为准后统一。"
_SCOPE = "请核实文字与表格的统计口径（本机关、全县、备案数等）是否相同；口径不同的，建议在文中注明。"

RECEIVED = Rule(
    "N-RECEIVED",
    "narrative_vs_table",
    "conflict",
    "文字中收到（受理、办理）的申请件数，与表三的新收、新收加上年结转或办理结果总计相比较，任一相符即可。",
    advice=_ASK,
)
DECIDED = Rule(
    "N-DECIDED", "narrative_vs_table", "conflict", "文字中办结、答复的件数，与表三办理结果总计相比较。", advice=_ASK
)
CARRIED = Rule(
    "N-CARRIED",
    "narrative_vs_table",
    "conflict",
    "文字中上年结转、待答复或结转下年度的件数，与表三相应两行相比较。",
    advice=_ASK,
)
OUTCOME = Rule(
    "N-OUTCOME",
    "narrative_vs_table",
    "conflict",
    "文字中各类办理结果的件数，与表三相应各行相比较；信息不存在、不属于本机关、不属于政府信息的，不应多于可能计入的各项之和。",
    advice=_ASK,
)
APPLICANT = Rule(
    "N-APPLICANT", "narrative_vs_table", "conflict", "文字中各类申请人的件数，与表三相应各列相比较。", advice=_ASK
)
CHANNEL = Rule(
    "N-CHANNEL",
    "narrative_sum",
    "conflict",
    "按网络、信函、当面等渠道分列的申请件数之和，与文字中的总件数相比较。",
    advice=_ASK,
)
DISPUTES = Rule(
    "N-DISPUTES",
    "narrative_vs_table",
    "conflict",
    "文字中政府信息公开行政复议、行政诉讼的件数和结果，与表四相比较；未写明是否因政府信息公开的，只作存疑。",
    advice=_ASK,
)
NONE = Rule(
    "N-NONE",
    "narrative_vs_table",
    "conflict",
    "文字称未收到申请、无结转、申请均已办结、未引发复议诉讼的，表格相应各格应为0。",
    advice=_ASK,
)
DOCUMENTS = Rule(
    "N-DOCUMENTS",
    "narrative_vs_table",
    "doubt",
    "文字中规章、行政规范性文件制发、废止、现行有效的件数，与表二相比较。",
    advice=_SCOPE,
)
DECISIONS = Rule(
    "N-DECISIONS",
    "narrative_vs_table",
    "doubt",
    "文字中行政许可、行政处罚、行政强制处理决定的数量，与表二相比较。",
    advice=_SCOPE,
)
CHARGES = Rule(
    "N-CHARGES",
    "narrative_vs_table",
    "doubt",
    "文字中行政事业性收费的金额，折算为万元后与表二相比较；信息处理费不在其内。",
    advice=_SCOPE,
)
SUM = Rule(
    "N-SUM",
    "narrative_sum",
    "conflict",
    "文字中总数与其各部分之和相比较；列举未尽（等、包括、主要）的，各部分之和不应超过总数。",
    advice=_ASK,
)
REPEAT = Rule(
    "N-REPEAT",
    "narrative_sum",
    "conflict",
    "同一列举中同一项目不应出现两次。",
    advice="请核实是否重复填写，或者其中一处应为另一项目。",
)
PERCENT = Rule(
    "N-PERCENT",
    "percent",
    "conflict",
    "文字中的占比按其基数重新计算，四舍五入、四舍六入和截位均视为相符；0件的占比应为0%。",
    advice="请按基数重新计算占比，或者核实件数。",
)
SHARES = Rule(
    "N-SHARES",
    "percent",
    "conflict",
    "同一总数下各部分占比之和应为100%，允许舍入误差。",
    advice="请核实各部分的件数和占比。",
)
CHANGE = Rule(
    "N-CHANGE",
    "narrative_sum",
    "conflict",
    "文字中本年数、上年数、增减数和增减幅度相互推算，应当相符，增减方向应当一致。",
    advice="请核实本年数、上年数和增减数（幅度），一处为准后统一。",
)
TWICE = Rule("N-TWICE", "same_quantity", "conflict", "同一数量在文中两处出现的，数值应当相同。", advice=_ASK)

RULES: tuple[Rule, ...] = (
    RECEIVED,
    DECIDED,
    CARRIED,
    OUTCOME,
    APPLICANT,
    CHANNEL,
    DISPUTES,
    NONE,
    DOCUMENTS,
    DECISIONS,
    CHARGES,
    SUM,
    REPEAT,
    PERCENT,
    SHARES,
    CHANGE,
    TWICE,
)
