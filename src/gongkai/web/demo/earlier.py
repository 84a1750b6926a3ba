"""What the organs of the demonstration had in two earlier years, as reports: what the samples do not tell. All invented."""

from __future__ import annotations

from gongkai.web.demo.reports import CORRECTIONS, FIRM, PERSON, SAMPLES, Sample

YEARS = (2024, 2025)
"""The years that are over: their reports, and those of the county, are done."""
MERGED, INTO = "云岭县招商服务局", "云岭县发展和改革局"
"""An organ that ended in the second year, and who has its duties since."""
SETTLED = ("云岭县发展和改革局", "云岭县公安局", "云岭县民政局", "云岭县石桥镇人民政府", "云岭县青禾乡人民政府")
"""Those whose registers of the earlier years are whole: no document of those years comes into the catalogue afterwards.

The others began to keep theirs here in the third year: for the county their reports count as they were handed in.
"""
OUTSIDE = ("云岭县卫生健康局", "云岭县云岭街道办事处")
"""Those who work with another system, and hand in files."""
FROZEN = (
    *((organ, 2024) for organ in (*SETTLED, MERGED)),
    ("云岭县民政局", 2025),
    ("云岭县青禾乡人民政府", 2025),
)
HANDED_IN = (*((organ, 2024) for organ in OUTSIDE), ("云岭县自然资源局", 2024))
"""Reports of which only the file is here, beside the samples."""
_NONE = "全年没有收到政府信息公开申请。"

_EARLIER = (
    Sample(
        "云岭县发展和改革局", 2024, "html", "全年主动公开政府信息191条，其中重大项目79条。", "全年收到申请4件，全部办结。",
        {PERSON: {"received": 3, "disclosed": 2, "disclosed_in_part": 1}, FIRM: {"received": 1, "disclosed": 1}},
        documents=(1, 1, 9), decisions=(118, 2, 0),
    ),
    Sample(
        "云岭县公安局", 2024, "html", "全年主动公开政府信息251条，其中警务公告88条。", "全年收到申请6件，全部办结。",
        {PERSON: {
            "received": 6, "disclosed": 2, "withheld.enforcement_case_file": 3, "not_processed.petition_or_complaint": 1,
        }},
        documents=(0, 1, 5), decisions=(2968, 1190, 15), charges=39, disputes={"reconsideration.upheld": 1},
    ),
    Sample(
        "云岭县民政局", 2024, "html", "全年主动公开政府信息120条，其中社会救助51条。", "全年收到申请5件，办结4件。",
        {PERSON: {"received": 5, "disclosed": 3, "unavailable.not_held": 1, "carried_forward": 1}},
        documents=(1, 0, 7), decisions=(33, 1, 0),
    ),
    Sample(
        "云岭县民政局", 2025, "html", "全年主动公开政府信息133条，其中社会救助55条。", "全年收到申请6件，办结6件。",
        {PERSON: {
            "received": 6, "brought_forward": 1, "disclosed": 4, "disclosed_in_part": 1, "unavailable.not_held": 1,
            "carried_forward": 1,
        }},
        documents=(2, 1, 8), decisions=(38, 2, 0), disputes={"reconsideration.pending": 1},
    ),
    Sample(
        "云岭县自然资源局", 2024, "html", "全年主动公开政府信息171条，其中土地征收64条。", "全年收到申请12件，全部办结。",
        {
            PERSON: {"received": 9, "disclosed": 4, "disclosed_in_part": 1, "unavailable.not_held": 4},
            FIRM: {"received": 3, "disclosed": 3},
        },
        documents=(2, 1, 11), decisions=(486, 21, 0),
        disputes={"reconsideration.corrected": 1, "direct_litigation.upheld": 1}, wording=1,
    ),
    Sample(
        "云岭县卫生健康局", 2024, "html", "全年主动公开政府信息126条，其中双随机抽查40条。", "全年收到申请2件，全部办结。",
        {PERSON: {"received": 2, "disclosed": 2}}, documents=(1, 0, 5), decisions=(88, 10, 0),
    ),
    Sample(
        "云岭县石桥镇人民政府", 2024, "html", "全年主动公开政府信息61条，其中惠农补贴18条。", "全年收到申请2件，全部办结。",
        {PERSON: {"received": 2, "disclosed": 1, "unavailable.not_held": 1}},
    ),
    Sample(
        "云岭县青禾乡人民政府", 2024, "html", "全年主动公开政府信息48条，其中村级财务15条。", "全年收到申请1件，已经办结。",
        {PERSON: {"received": 1, "disclosed": 1}},
    ),
    Sample(
        "云岭县青禾乡人民政府", 2025, "html", "全年主动公开政府信息52条，其中村级财务16条。", "全年收到申请2件，全部办结。",
        {PERSON: {"received": 2, "disclosed": 1, "unavailable.not_held": 1}},
    ),
    Sample(
        "云岭县云岭街道办事处", 2024, "html", "全年主动公开政府信息69条，其中社会救助22条。", _NONE, documents=(0, 0, 2),
        wording=1,
    ),
    Sample(
        MERGED, 2024, "html", "全年主动公开政府信息37条，其中惠企政策21条。", "全年收到申请3件，全部办结。",
        {PERSON: {"received": 1, "disclosed": 1}, FIRM: {"received": 2, "disclosed": 2}}, documents=(1, 0, 2),
    ),
)  # fmt: skip

PAST: dict[tuple[str, int], Sample] = {
    (sample.organ, sample.year): sample for sample in (*SAMPLES, *CORRECTIONS, *_EARLIER) if sample.year in YEARS
}
"""What each organ had in each of the two years, as it says in the end."""

_OPEN = (
    "（一）主动公开。重点公开社会关切的事项，办事结果同步在公告栏张贴，听取群众意见后调整了栏目的次序。",
    "（一）主动公开。公开事项由业务科室提出、办公室汇总，涉及面广的先开座谈会再公布，公布后逐户告知。",
    "（一）主动公开。公开工作与业务同部署，重要事项发布前先听取服务对象的意见，发布后一周内回访。",
)
_REST = (
    ("对信息发布逐件审查，有更改的当日更正。", "在县门户网站设专栏，每周检查链接。", "公开工作纳入内部考核。"),
    (
        "每季度清理一次已经公开的信息，失效的及时标注。",
        "便民服务大厅设查阅点，备有纸质目录。",
        "年内组织业务学习四次。",
    ),
    ("发布前核对涉及个人隐私的内容。", "政务新媒体由专人维护，过期内容及时下线。", "接受社会监督，意见逐条回复。"),
)
_PROBLEMS = (
    "公开的内容与群众的需要还有差距，个别栏目更新偏慢。下一步按月列出更新清单，到期提醒经办科室。",
    "政策解读的形式单一，基层人员业务不熟。下一步增加图解和问答，每半年轮训一次。",
    "答复文书说理不够充分。下一步整理常见情形的范例，办理前先会商。",
)


def words_of(sample: Sample, place: int) -> dict[str, str]:
    """The words of a report by part, with slots for its figures; those of two organs of one year are not alike."""
    n = place + sample.year
    managed, shown, guarded = _REST[n % len(_REST)]
    counted = (
        "（二）依申请公开。新收政府信息公开申请{新收申请件数}件，上年结转{上年结转申请件数}件，"
        "办结{办结申请件数}件，结转下年度{结转下年度申请件数}件。"
    )
    general = (_OPEN[place % len(_OPEN)], counted, f"（三）政府信息管理。{managed}", f"（四）平台建设。{shown}")
    return {
        "preface": "本报告所列数据的统计期限自{年度}年1月1日起至{年度}年12月31日止。",
        "1": "\n".join((*general, f"（五）监督保障。{guarded}")),
        "5": _PROBLEMS[n % len(_PROBLEMS)],
        "6": "本年没有收取信息处理费。没有其他需要报告的事项。",
    }
