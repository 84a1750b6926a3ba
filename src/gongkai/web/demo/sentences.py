"""Invented sentences for the entries of the demonstration: pools with places for what, whom, where and how many."""

from __future__ import annotations

from random import Random

OPENING = (
    "为做好{year}年{place}一带的{what}工作，方便{whom}了解进度，现将有关情况公布如下。",
    "{month}月以来，{organ}围绕{what}开展了集中办理，涉及{whom}的事项已经逐项核对。",
    "按照年初的安排，{organ}把{what}列为{year}年第{rank}项任务，由专人负责，按月通报。",
    "{organ}于{date}听取了{what}情况汇报，研究了{place}、{village}等地反映的具体问题。",
    "近期不少{whom}来信来电询问{what}的办理条件和时间，现统一说明。",
    "经前期摸底，全县{what}共有{n}{unit}需要办理，其中{place}{m}{unit}。",
    "根据{organ}的年度计划，{what}自{date}起在{place}先行试点，{village}等{k}个村（社区）参加。",
)
MEASURE = (
    "一是核清底数，由{place}组织人员入户登记，{date}前完成{n}{unit}的核对，有出入的当场更正。",
    "二是简化手续，申请材料由{m}份减为{k}份，能够通过数据共享核验的，不再要求{whom}提交证明。",
    "三是公开过程，对象、标准和结果在{village}公示栏张贴，接受{whom}监督，公示时间不少于{k}日。",
    "资金实行专账管理，按进度分{k}次拨付，任何单位不得截留、挪用，{organ}每季度抽查一次。",
    "对行动不便的{whom}，由村（社区）工作人员上门办理，不得以材料不齐为由让群众反复跑路。",
    "各责任单位应当在{k}个工作日内提出办理意见，需要现场查看的，提前一天告知{whom}。",
    "{place}便民服务中心设{k}个窗口受理{what}事项，周六上午照常开放，并提供纸质样表。",
    "施工和服务单位应当在现场公布监督方式，{organ}接到反映后{m}日内核实并答复。",
    "建立问题清单，已经整改的销号，一时难以解决的写明原因和时限，由{organ}按月调度。",
    "本年度新增{m}{unit}，优先安排{village}等基础较弱的地方，其余按报名先后办理。",
    "同一事项不重复检查，能够合并的合并进行；对首次轻微差错，以提醒和指导为主。",
    "数据由{place}填报、{organ}复核，复核不一致的退回重报，不得以估算代替实际数量。",
)
FIGURE = (
    "截至{date}，已经完成{n}{unit}，占全年任务的{percent}%，比上年同期多{m}{unit}。",
    "其中{place}{m}{unit}、{other}{k}{unit}，其余分布在{rest}个乡镇（街道）。",
    "投入资金{money}万元，其中县级财政{part}万元，其余由上级补助和单位自筹解决。",
    "抽查{k}处，发现问题{m}个，已整改{fixed}个，尚有{left}个正在办理，均明确了责任人。",
    "收到{whom}意见建议{m}条，采纳{fixed}条，未采纳的逐条说明了理由。",
    "平均办理时间由{m}天缩短到{k}天，{whom}到窗口次数平均减少一次。",
    "惠及{whom}{n}人次，回访{m}人，表示满意和基本满意的占{percent}%。",
)
ASK = (
    "各乡镇（街道）应当于{date2}前报送落实情况，逾期未报的在全县通报。",
    "对虚报冒领、优亲厚友的，依照有关规定处理，并追回已经发放的资金。",
    "执行中遇到的具体问题，由{organ}负责解释，重要情况及时报告。",
    "请{whom}妥善保管凭证，办理中有疑问的，可以到{place}便民服务中心咨询。",
    "{organ}将于{quarter}对办理情况进行回访，结果另行公布。",
    "后续进展将在本栏目继续更新，原先公布的内容与本文不一致的，以本文为准。",
    "各单位应当把{what}与日常工作统筹安排，不得增加基层负担，不得要求重复填报。",
    "鼓励{whom}对办理过程提出意见，意见箱设在{village}党群服务中心门口。",
)
WHY = (
    "一、为什么要制定？原有做法施行多年，{whom}反映申请环节多、标准不一，{place}等地做法也不相同，需要统一。",
    "一、背景。{year}年{organ}走访了{k}个村，{whom}普遍希望把{what}的条件和时限写清楚。",
    "一、起草过程。{organ}征求了{m}个部门和{rest}个乡镇（街道）的意见，召开座谈会{k}次，采纳意见{fixed}条。",
)
SAYS = (
    "二、主要内容。文件共{m}条，明确了{what}的对象、标准、程序和监督方式，并附办理流程。",
    "二、有哪些变化？申请材料减少为{k}项，办理时限缩短为{m}个工作日，{whom}可以在户籍地或者居住地申请。",
    "二、谁可以申请？凡是本县{whom}，符合文件第{k}条所列条件的，都可以提出申请。",
)
HOW = (
    "三、怎样办理？向所在村（社区）提出，{place}审核，{organ}确认，结果在{k}个工作日内告知本人。",
    "三、什么时候施行？自{date2}起施行，施行之前已经受理的，按对{whom}有利的规定办理。",
    "三、到哪里咨询？各乡镇（街道）便民服务中心和{organ}业务窗口都可以咨询，并备有纸质问答。",
)
ARTICLE = (
    "本办法适用于本县行政区域内{what}的申请、审核、实施和监督。",
    "{organ}负责全县{what}的统筹和指导，乡镇人民政府、街道办事处负责受理和日常管理。",
    "{what}应当遵循公开、公平、便民的原则，不得设定没有依据的条件。",
    "{whom}申请办理的，应当提交申请书和身份证明；能够通过数据共享取得的，不再要求提供。",
    "受理机关应当自收到申请之日起{k}个工作日内提出审核意见，情况复杂的可以延长{m}个工作日并说明理由。",
    "标准实行动态调整，每{k}年评估一次，调整前应当听取{whom}的意见。",
    "实施结果应当在村（社区）公示不少于{k}日，有异议的由{organ}组织复核。",
    "{organ}应当建立台账，如实记载办理过程，保存期限不少于{m}年。",
    "任何单位和个人不得虚报、冒领或者干预{what}的正常办理。",
    "工作人员滥用职权、玩忽职守的，依法给予处分。",
    "各乡镇（街道）可以根据本办法制定实施方案，报{organ}备案。",
    "对{place}等试点地方已经形成的做法，与本办法一致的继续执行。",
)


class Words:
    """The values of one entry: what it is about, and figures that stay the same wherever they stand."""

    def __init__(self, rng: Random, **said: str) -> None:
        self.rng, self.said = rng, said

    def say(self, sentence: str, **more: object) -> str:
        """A sentence with its places filled; every figure is drawn anew."""
        rng = self.rng
        m = rng.randint(6, 48)
        money = rng.randint(12, 980) * 10
        figures = {
            "n": rng.randint(53, 9800),
            "m": m,
            "k": rng.randint(2, 15),
            "rest": rng.randint(3, 12),
            "rank": rng.choice("一二三四五六七八九"),
            "percent": rng.randint(61, 99),
            "money": money,
            "part": money * rng.randint(2, 8) // 10,
            "fixed": m - m // 5,
            "left": m // 5,
            "quarter": rng.choice(("下季度", "年底前", "次月中旬", "半年内")),
        }
        return sentence.format(**{**figures, **self.said, **more})

    def some(self, pool: tuple[str, ...], least: int, most: int) -> list[str]:
        """A few different sentences of a pool."""
        return [self.say(each) for each in self.rng.sample(pool, self.rng.randint(least, most))]
