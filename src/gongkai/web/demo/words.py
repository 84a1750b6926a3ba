"""The words of the demonstration reports. Everything in them is invented: county, offices, figures, sentences."""

from __future__ import annotations

PREFACE = (
    "本报告根据《中华人民共和国政府信息公开条例》和《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作"
    "年度报告格式〉的通知》（国办公开办函〔2021〕30号）编制。所列数据的统计期限从{year}年1月1日起至{year}年12月31日止。"
    "本报告电子版可在云岭县人民政府网站查阅。如有疑问，请与{organ}联系（地址：云岭县长桥路1号，电话：0000-0000000）。"
)

MANAGEMENT = (
    "（三）政府信息管理。公文起草时同步确定公开属性，拟不公开的逐件写明理由；发布前依次审查内容、文字和保密事项。",
    "（三）政府信息管理。对历年文件逐件标注有效性，已失效的在网站上注明；新制发的文件当日编入目录，题名、文号和日期由专人核对。",
)
DOCUMENTS = "本年制发行政规范性文件{issued}件，废止{repealed}件，现行有效{in_force}件。"
PLATFORM = (
    "（四）平台建设。政府网站专栏按月巡查，失效链接当月修复；政务服务大厅设查阅点，备有纸质目录和自助查询机。",
    "（四）平台建设。网站检索增加按文号和主题词查找，移动端页面重新排版；乡镇便民服务点新设查阅架三处，由驻点人员帮助老年人查找。",
)
GUARD = (
    "（五）监督保障。政府信息公开工作纳入年度考核，全年举办业务培训2次；开展社会评议，没有发生需要追究的情形。",
    "（五）监督保障。年初把公开任务分解到股室，年底逐项核销；邀请村民代表评议两场，收集建议并逐条答复，考核结果在机关内通报。",
)
PROBLEMS = (
    "存在的主要问题：一是政策解读形式较为单一，图表和问答偏少；二是依申请公开答复文书的说理还不够充分。\n"
    "改进情况：一是与业务股室共同起草解读材料，重要政策配发图解；二是每季度抽查答复文书，把常见问题整理成范例供各股室参照。",
    "存在的主要问题：一是个别栏目更新间隔偏长，群众查找不便；二是新调入的工作人员对审查程序不够熟悉。\n"
    "改进情况：一是为每个栏目确定更新周期，到期前提醒承办人；二是编写审查流程手册，新到岗人员跟班学习一个月后独立承办。",
)
FEES = (
    "本年没有收取信息处理费。没有其他需要报告的事项。",
    "依申请公开信息处理费：本年未发出收费通知。办理建议和提案的结果已经同步公开。",
)


def general(published: str, answered: str, documents: tuple[int, int, int], wording: int) -> str:
    """Chapter one: two paragraphs of the office's own, three that every office has in one of two wordings."""
    issued, repealed, in_force = documents
    return "\n".join(
        (
            f"（一）主动公开。{published}",
            f"（二）依申请公开。{answered}",
            MANAGEMENT[wording] + DOCUMENTS.format(issued=issued, repealed=repealed, in_force=in_force),
            PLATFORM[wording],
            GUARD[wording],
        )
    )
