"""The organs of the demonstration that publish: departments and townships of a county that there is not, by what they do."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """An organ: its word in document numbers, its themes, and the matters of which it writes.

    A matter is what it is about, whom it concerns, and what it is counted in.
    """

    name: str
    word: str
    form: str
    theme: str
    matters: tuple[tuple[str, str, str], ...]

    @property
    def township(self) -> bool:
        """Whether it is a township or a subdistrict."""
        return self.form in ("township", "subdistrict")


def listed(words: str) -> tuple[str, ...]:
    """Words as a tuple of them."""
    return tuple(words.split())


_DEPARTMENTS = """
人民政府|云政|county_government|02/综合政务
  重点工作推进 各乡镇各部门 项;优化营商环境 经营主体 户;乡村建设 行政村 个;民生实事 群众 件;政务公开标准化 各单位 项;
人民政府办公室|云政办|department|02/政务公开
  政务公开 各乡镇各部门 条;政务服务热线 来电群众 件;建议提案办理 代表委员 件;政务督查 承办单位 项;政策解读 企业群众 篇;
发展和改革局|云发改|department|03/重大建设项目
  重大项目前期 项目单位 个;政府投资项目管理 建设单位 个;粮食收购 种粮农户 吨;充电设施布局 新能源车主 个;公共服务价格 用户 户;
  节能审查 用能单位 家;
教育局|云教|department|11/教育
  义务教育招生 适龄儿童 人;学生营养改善 在校学生 人;校外培训机构监管 培训机构 家;教师交流轮岗 教师 人;
  学前教育普惠 幼儿家长 所;家庭经济困难学生资助 学生 人;
公安局|云公|department|16/公安
  道路交通安全 驾驶人 起;居住登记 流动人口 人;反电信诈骗宣传 居民 场;电动自行车登记 车主 辆;烟花爆竹安全 经营户 家;
民政局|云民|department|17/社会福利
  城乡居民最低生活保障 困难家庭 户;特困人员供养 特困老人 人;养老服务 老年人 床;社会组织年检 社会组织 家;
  临时救助 困难群众 人次;地名标志 居民 块;
自然资源局|云自然资|department|05/土地
  土地征收 被征地农户 亩;国有建设用地使用权出让 竞买人 宗;不动产登记 权利人 件;地质灾害防治 受威胁群众 处;
  矿山生态修复 矿区居民 亩;
卫生健康局|云卫|department|13/卫生
  基本公共卫生服务 常住居民 人;家庭医生签约 老年人 人;乡村医生管理 乡村医生 名;职业病防治 劳动者 家;托育服务 婴幼儿家庭 个;
财政局|云财|department|04/财政
  财政预算执行 预算单位 万元;惠农补贴发放 农户 户;政府采购管理 供应商 次;行政事业单位资产管理 预算单位 处;
  绩效评价 项目单位 个;
人力资源和社会保障局|云人社|department|15/劳动就业
  职业技能培训 劳动者 人次;就业援助 就业困难人员 人;工伤认定 职工 件;根治欠薪 农民工 人;城乡居民养老保险 参保人 人;
  事业单位公开招聘 报考人员 名;
住房和城乡建设局|云建|department|10/城乡建设（含住房）
  老旧小区改造 小区居民 户;保障性租赁住房 新市民 套;农村危房改造 困难农户 户;物业服务监管 业主 个;燃气安全 用户 户;
  建筑工地扬尘治理 施工单位 个;
交通运输局|云交|department|07/公路
  农村公路养护 沿线群众 公里;城乡客运一体化 乘客 条;公路安全防护 驾驶人 公里;网约车管理 驾驶员 辆;治理超限超载 货运企业 辆次;
水务局|云水|department|06/水利
  农村供水 用水户 户;水库除险加固 下游群众 座;河道治理 沿河村组 公里;水土保持 建设单位 亩;节水灌溉 灌区农户 亩;
农业农村局|云农|department|06/农业、畜牧业、渔业
  高标准农田建设 种粮大户 亩;农机购置补贴 农户 台;动物疫病防控 养殖场户 头;农产品质量安全 生产主体 批次;农村厕所改造 农户 座;
  耕地地力保护补贴 农户 亩;
林业和草原局|云林|department|06/林业
  森林防火 林区群众 亩;造林绿化 造林主体 亩;古树名木保护 属地村组 株;林木采伐许可 林农 立方米;
商务局|云商|department|08/国内贸易（含供销）
  家电以旧换新 消费者 台;农村电商 网商 家;成品油市场监管 加油站 座;再生资源回收 居民 个;
文化体育和旅游局|云文旅|department|12/文化
  公共文化服务 群众 场;文物保护 产权人 处;旅游市场监管 经营单位 家;全民健身 健身群众 处;乡村旅游 经营户 家;
应急管理局|云应急|department|02/应急管理
  安全生产执法 生产经营单位 家;防汛抗旱 沿河群众 处;自然灾害救助 受灾群众 人;危险化学品监管 企业 家;应急避难场所 居民 处;
审计局|云审|department|04/审计
  预算执行审计 被审计单位 个;经济责任审计 领导干部 名;政府投资审计 建设单位 个;审计整改 责任单位 项;
市场监督管理局|云市监|department|09/食品药品监管
  食品安全抽检 经营者 批次;特种设备安全 使用单位 台;药品经营监管 药店 家;个体工商户扶持 个体工商户 户;
  计量器具检定 经营者 台件;网络交易监管 网店 家;
统计局|云统|department|03/统计
  经济运行监测 企业 家;农业普查 农户 户;人口抽样调查 调查户 户;居民收支调查 记账户 户;
医疗保障局|云医保|department|15/社会保障
  城乡居民医保缴费 参保居民 人;门诊慢特病待遇 慢特病患者 人;医保基金监管 定点医药机构 家;异地就医备案 参保人 人次;
司法局|云司|department|16/司法
  公共法律服务 群众 件;人民调解 当事人 件;行政复议 申请人 件;社区矫正 矫正对象 人;
工业和信息化局|云工信|department|07/其他
  中小企业服务 企业 家;技术改造 企业 个;绿色制造 企业 家;通信基础设施 用户 座;
科学技术局|云科|department|11/科技
  科技项目立项 项目单位 项;高新技术企业培育 企业 家;科技特派员 农户 名;
生态环境局云岭分局|云环|vertical|10/环境监测、保护与治理
  空气质量改善 居民 天;饮用水水源保护 居民 处;环评审批 建设单位 个;固体废物管理 企业 吨;噪声污染防治 居民 处;
城市管理综合执法局|云城管|department|10/城乡建设（含住房）
  生活垃圾分类 居民 个;户外广告管理 商户 块;占道经营整治 商户 处;停车秩序 车主 个;
退役军人事务局|云退役|department|17/优抚安置
  优抚对象补助 优抚对象 人;退役军人就业 退役军人 人;烈士纪念设施维护 群众 处;
信访局|云信|department|02/信访
  信访事项办理 信访人 件;领导接访 群众 批次;
乡村振兴局|云振兴|department|17/扶贫
  衔接推进乡村振兴补助资金 项目村 万元;防止返贫监测 监测对象 户;小额信贷 脱贫户 户;
行政审批服务局|云审批|department|02/综合政务
  企业开办 申请人 户;一件事一次办 办事群众 件;帮办代办 项目单位 个;
粮食和物资储备局|云粮|department|03/其他
  储备粮轮换 承储企业 吨;应急物资储备 群众 件;
民族宗教事务局|云民宗|department|18/民族事务
  少数民族发展资金 项目村 万元;宗教活动场所安全 信教群众 处;
机关事务服务中心|云机服|other|02/其他
  公务用车管理 各单位 辆;公共机构节能 各单位 家;办公用房管理 各单位 处;
供销合作社联合社|云供销|other|08/国内贸易（含供销）
  农资供应 农户 吨;土地托管服务 农户 亩;
气象局|云气|vertical|10/气象、水文、测绘、地震
  人工影响天气 农户 次;防雷安全监管 企业 家;农业气象服务 农户 期;
税务局|云税|vertical|04/税务
  纳税服务 纳税人 户;税费优惠 小微企业 户;
消防救援大队|云消|vertical|02/应急管理
  消防安全检查 单位 家;高层建筑消防 居民 栋;消防宣传培训 群众 场;
烟草专卖局|云烟|vertical|09/工商
  烟草专卖零售许可 零售户 户;
"""
_TOWNSHIPS = listed("""
石桥镇 云石桥 青禾乡 云青禾 云岭街道 云岭街办 柳树镇 云柳树 双河镇 云双河 白鹭镇 云白鹭
长桥镇 云长桥 红岩镇 云红岩 南坪镇 云南坪 松坡镇 云松坡 清溪镇 云清溪 金沙镇 云金沙
古渡镇 云古渡 梅岭乡 云梅岭 竹园乡 云竹园 茶山乡 云茶山 白石乡 云白石 东风街道 云东街办
城北街道 云北街办
""")
_OF_TOWNSHIPS = (
    ("农村人居环境整治", "村民", "户"),
    ("农田水利设施维护", "灌区农户", "处"),
    ("土地经营权流转", "承包农户", "亩"),
    ("宅基地审批", "建房村民", "宗"),
    ("城乡居民最低生活保障", "困难家庭", "户"),
    ("村级公益事业筹资筹劳", "村民", "元"),
    ("防返贫动态监测", "监测户", "户"),
    ("森林防火巡护", "村组", "人次"),
    ("便民服务点建设", "群众", "个"),
    ("残疾人两项补贴", "残疾人", "人"),
)


def _township(name: str, word: str) -> Office:
    street = name.endswith("街道")
    full = f"云岭县{name}" + ("办事处" if street else "人民政府")
    return Office(full, word, "subdistrict" if street else "township", "17/其他", _OF_TOWNSHIPS)


def _department(line: str) -> Office:
    (name, word, form, theme), matters = line.split("\n", 1)[0].split("|"), line.split("\n", 1)[1]
    theme = "02/其他" if theme == "02/综合政务" else theme
    said = tuple(tuple(each.split()) for each in matters.replace("\n", "").split(";") if each.strip())
    full = "青河市" + name if name.endswith("云岭分局") else "云岭县" + name
    return Office(full, word, form, theme, said)  # type: ignore[arg-type]


OFFICES: tuple[Office, ...] = (
    *(_department(each) for each in re.split(r"\n(?=\S)", _DEPARTMENTS.strip())),
    *(_township(*_TOWNSHIPS[n : n + 2]) for n in range(0, len(_TOWNSHIPS), 2)),
)
"""Every organ of the county that publishes, the departments first."""

PLACES = tuple(_TOWNSHIPS[::2])
VILLAGES = listed("""
双河村 前进村 桃园村 大坪村 柏树村 石磨村 龙潭村 新民村 三合村 青山村 幸福村 荷花村
杨柳村 红星村 南沟村 北关社区 花园社区 滨河社区 向阳社区 文昌社区
""")


def code_of(number: int) -> str:
    """An invented code of 18 characters for the n-th organ; its district 999999 is none."""
    return f"11999999MB{number:06d}0X"
