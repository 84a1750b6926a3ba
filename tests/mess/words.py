"""The words of an invented report: they agree with its tables, and some imitate the labels of the form."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.mess.invent import Invented


def _n(report: Invented, address: str) -> int:
    value = report.cells.get(address)
    return int(value) if value is not None else 0


def sums(report: Invented) -> dict[str, int]:
    """The figures the words speak of."""
    groups = ("withheld", "unavailable", "not_processed", "otherwise_closed")
    figures = {
        row: _n(report, f"applications.{row}.total")
        for row in ("received", "brought_forward", "disclosed", "disclosed_in_part", "concluded", "carried_forward")
    }
    for group in groups:
        figures[group] = sum(
            int(value or 0)
            for address, value in report.cells.items()
            if address.startswith(f"applications.{group}.") and address.endswith(".total")
        )
    for kind in ("reconsideration", "direct_litigation", "litigation_after_reconsideration"):
        figures[kind] = _n(report, f"disputes.{kind}.total")
    return figures


def _applications_sentence(rng: Random, report: Invented) -> str:
    f = sums(report)
    if not f["received"] and not f["brought_forward"] and not f["concluded"]:
        return rng.choice(
            (
                f"{report.year}年，我单位未收到政府信息公开申请。",
                "本年度没有收到公民、法人或者其他组织提出的政府信息公开申请，收到申请0件。",
            )
        )
    opening = f"{report.year}年共收到政府信息公开申请{f['received']}件"
    if f["brought_forward"]:
        opening += f"，上年结转{f['brought_forward']}件"
    closing = f"，办结{f['concluded']}件" + (
        f"，结转下年度继续办理{f['carried_forward']}件" if f["carried_forward"] else ""
    )
    detail = rng.choice(
        (
            "",
            f"。其中予以公开{f['disclosed']}件，部分公开{f['disclosed_in_part']}件，不予公开{f['withheld']}件，"
            f"无法提供{f['unavailable']}件，不予处理{f['not_processed']}件，其他处理{f['otherwise_closed']}件",
        )
    )
    return opening + closing + detail + "。"


def _disclosure_sentences(rng: Random) -> list[str]:
    parts = [rng.randint(3, 90) for _ in range(3)]
    whole = sum(parts)
    closed = (
        f"全年通过门户网站主动公开信息{whole}条，其中机构职能{parts[0]}条、财政信息{parts[1]}条、工作动态{parts[2]}条。"
    )
    opened = f"全年主动公开信息{whole + 40}条，包括通知公告{parts[0]}条、政策文件{parts[1]}条等。"
    return [rng.choice((closed, opened)), "围绕群众关心的事项，及时更新公开目录，做到应公开尽公开。"]


def imitating_sentences(rng: Random) -> list[str]:
    """Sentences whose words look like the labels of the form and whose figures belong to none of its cells."""
    few = rng.randint(2, 9)
    return rng.sample(
        [
            f"在抽查的{few + 3}份答复书中，经复核其中予以公开{few}件的答复文书格式规范。",
            f"培训中讲解了属于国家秘密、属于行政执法案卷等{few}类情形的办理要点。",
            "（一）予以公开的，应当告知获取方式；（二）部分公开的，应当区分处理。",
            f"依据条例第二十条第（一）项至第（八）项，梳理公开事项{few * 11}项。",
            f"行政许可、行政处罚事项办理结果公示栏目全年更新{few}次。",
            f"全县行政复议案件旁听活动组织{few}场，参加人员总计{few * 20}人。",
            "对本机关不掌握相关政府信息的，告知申请人并说明理由。",
        ],
        3,
    )


def write(rng: Random, report: Invented) -> Invented:
    """The report with its preface and chapters one, five and six written."""
    f = sums(report)
    disputes = f["reconsideration"] + f["direct_litigation"] + f["litigation_after_reconsideration"]
    dispute = (
        f"因政府信息公开被申请行政复议{f['reconsideration']}件，被提起行政诉讼"
        f"{f['direct_litigation'] + f['litigation_after_reconsideration']}件。"
        if disputes
        else "未发生因政府信息公开引起的行政复议和行政诉讼。"
    )
    chapters = {
        1: (
            "（一）主动公开。" + "".join(_disclosure_sentences(rng)),
            "（二）依申请公开。" + _applications_sentence(rng, report) + dispute,
            "（三）政府信息管理。落实信息发布审查制度，先审查、后公开，定期清理已经公开的文件。",
            "（四）平台建设。" + (imitating_sentences(rng)[0] if rng.random() < 0.4 else "做好网站栏目的日常维护。"),
            "（五）监督保障。把政府信息公开工作纳入年度工作考核，开展社会评议，未发生责任追究情形。",
        ),
        5: (
            "存在的主要问题：一是公开内容不够全面；二是工作人员业务能力还需提高。",
            "改进情况：一是加强业务学习；二是完善公开目录，逐项对照落实。",
        ),
        6: (
            "本年度未收取政府信息公开信息处理费。",
            "没有其他需要报告的事项。" if rng.random() < 0.3 else "本报告由本机关负责解释。",
        ),
    }
    preface = (
        f"根据《中华人民共和国政府信息公开条例》规定编制本报告。所列数据的统计期限自{report.year}年1月1日起至"
        f"{report.year}年12月31日止。"
    )
    return replace(report, chapters=chapters, preface=preface)
