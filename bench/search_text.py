"""Official Chinese made up: frequent words as offices use them, a long tail of names, both by Zipf's law.

The words of the tail are put together of the same characters as the frequent ones, so that rare phrases are made of
frequent pairs, as in the language itself. The same number gives the same document.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from random import Random

_FREQUENT = """
政府 信息 公开 工作 服务 管理 建设 发展 部门 单位 人民 全县 进一步 加强 开展 落实
推进 提升 实施 组织 项目 企业 群众 安全 生产 教育 体育 医疗 保障 养老 就业 创业
农业 农村 乡村 振兴 环境 生态 保护 治理 水利 交通 运输 住房 城乡 规划 自然 资源
财政 资金 预算 决算 审计 监督 检查 行政 处罚 许可 审批 执法 法规 规章 规范性 文件
通知 意见 办法 方案 制度 标准 要求 责任 领导 小组 办公室 负责 相关 有关 各级 镇街
街道 社区 村委会 居民 低保 救助 残疾人 儿童 学校 学生 教师 幼儿园 医院 卫生 疾病
防控 应急 消防 防汛 抗旱 灾害 预警 食品 药品 市场 监管 质量 价格 收费 税务 统计
数据 平台 网站 数字 政务 大厅 窗口 事项 办理 流程 材料 申请 受理 答复 期限 工作日
公告 公示 目录 年度 报告 招标 采购 中标 合同 工程 施工 验收 竣工 土地 征收 补偿
安置 房屋 拆迁 宅基地 耕地 粮食 种植 补贴 畜牧 林业 草原 河长制 污染 排放 大气 固体
废物 噪声 督察 整改 问题 情况 说明 解读 政策 措施 重点 任务 目标 指标 完成 实现
增长 投资 招商 引资 营商 营商环境 优化 改革 创新 科技 人才 培训 宣传 活动 会议 精神
学习 贯彻 党中央 国务院 省政府 市政府 县政府 县人民政府 人民政府 政府信息公开 主动公开
依申请公开 行政机关 行政处罚 行政许可 法律 条例 规定 依法 依据 根据 按照 现将 如下
以下 特此 印发 执行 遵照 认真 积极 有序 有效 全面 严格 切实 及时 统筹 协调 配合
联合 共同 持续 深入 不断 加快 推动 促进 完善 健全 建立 强化 规范 明确 做好 确保
提高 增强 扩大 支持 鼓励 引导 帮助 解决 处理 研究 分析 评估 考核 奖励 表彰 通报
批评 问责
"""
_NAMES = (
    "的一是在有和对为以及等中将与由于不其所并按向从上下内外新大小高低多少好主次前后东西南北水火山石田土木"
    "金林江河湖海城镇乡村路桥站所局委办厅处科室组队员长书记县市区省州旗盟街巷里弄园院馆校店厂矿场库坝渠井"
    "沟岭坡坪塘湾口关门台寺庙塔亭楼阁王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓"
    "许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟"
    "龙万段雷钱汤尹黎易常武乔贺赖龚文平安永康福寿喜庆祥瑞春秋华丽美珍英杰伟强军勇明亮光辉志国建忠孝仁义礼"
    "智信"
)
_GLUE = "的和对在等为及将与由"
_WORDS = 60_000
MEAN = 1200


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    rng = Random(7)
    head = _FREQUENT.split()
    common, names = sorted(set("".join(head))), sorted(set(_NAMES))
    words = dict.fromkeys(head)
    while len(words) < _WORDS:
        pool = common if rng.random() < 0.5 else names
        words["".join(rng.choice(pool) for _ in range(rng.choice((2, 2, 2, 3, 3, 4))))] = None
    return list(words), list(accumulate(1 / (rank + 8) for rank in range(len(words))))


def frequent(most: int) -> list[str]:
    """The words used most."""
    return _vocabulary()[0][:most]


def body(number: int) -> str:
    """The text of one document: 1,200 characters in the mean, some much longer."""
    rng = Random(number)
    words, weights = _vocabulary()
    length = int(min(20_000, rng.lognormvariate(0, 0.7) * MEAN * 0.78)) + 60
    out: list[str] = []
    size = 0
    while size < length:
        some = rng.choices(words, cum_weights=weights, k=rng.randint(4, 12))
        if rng.random() < 0.6:
            some.insert(rng.randrange(len(some)), rng.choice(_GLUE))
        if rng.random() < 0.05:
            some.append(f"{rng.randint(1, 300)}{rng.choice('个件条项')}")
        if rng.random() < 0.04:
            some.append(f"（{document_number(rng)}）")
        sentence = "".join(some) + rng.choice("，，，。；、")
        out.append(sentence)
        size += len(sentence)
    return "".join(out)


def title(number: int) -> str:
    """Its title."""
    rng = Random(-1 - number)
    words, weights = _vocabulary()
    middle = "".join(rng.choices(words, cum_weights=weights, k=rng.randint(3, 7)))
    return f"关于{middle}的{rng.choice(('通知', '公告', '意见', '公示'))}"


def document_number(rng: Random) -> str:
    """A number as offices give them."""
    return f"云政发〔{rng.randint(2008, 2026)}〕{rng.randint(1, 400)}号"
