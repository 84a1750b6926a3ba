"""What the offices of the demonstration decide, hold and post: the words of their ledgers. All invented."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.web.demo.offices import listed

FIRMS = (
    "云岭绿源建材有限公司", "青河市远景科技有限公司", "云岭县宏达置业有限公司", "石桥镇永兴养殖合作社",
    "云岭县安顺客运有限公司", "青禾乡惠民农机服务部", "云岭县晨光商贸行",
)  # fmt: skip
"""The invented firms of whom most offices decide."""


@dataclass(frozen=True, slots=True)
class House:
    """An office and the words of its ledgers.

    `documents` are its normative documents, the oldest first. `since_here`: its ledgers of this year are told elsewhere.
    """

    name: str
    word: str
    licences: tuple[str, ...] = ()
    offences: tuple[tuple[str, str], ...] = ()
    measures: tuple[str, ...] = ()
    charges: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    meeting: str = "局长办公会"
    topics: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    boards: tuple[tuple[str, str], ...] = ()
    units: tuple[str, ...] = ()
    opinions: tuple[tuple[str, str], ...] = ()
    press: tuple[str, ...] = ()
    points: tuple[tuple[str, str, str], ...] = ()
    parties: tuple[str, ...] = FIRMS
    powers: int = 0
    past_only: bool = False

    @property
    def natural(self) -> bool:
        """Whether private persons are among those of whom it decides."""
        return self.word not in ("云发改", "云民", "云教")

    def names(self, register: str) -> tuple[str, ...]:
        """What it decides on in a register."""
        if register == "penalties":
            return tuple(offence for offence, _ in self.offences)
        of = {"licences": self.licences, "compulsory_measures": self.measures, "charges": self.charges}
        return of[register]

    @property
    def short(self) -> str:
        """Its name as people say it."""
        return self.name.replace("云岭县", "县", 1).removesuffix("人民政府")


DEVELOPMENT = House(
    "云岭县发展和改革局", "云发改",
    licences=("政府投资项目初步设计审批", "企业投资项目核准", "固定资产投资项目节能审查"),
    offences=(
        ("未取得节能审查意见开工建设", "责令停止建设，限期改造"), ("不执行政府定价的收费标准", "责令改正，没收违法所得"),
        ("未按规定报送粮食统计数据", "警告，并处罚款"),
    ),
    documents=listed("""
    云岭县政府投资项目管理办法 云岭县居民阶梯水价实施细则 云岭县电动汽车充电设施建设管理办法 云岭县粮食应急保障办法
    云岭县公共停车服务收费管理办法 云岭县重大项目协调推进规定 云岭县政府投资项目代建制管理办法
    云岭县社会信用信息归集管理办法 云岭县物业服务收费指导办法 云岭县教育收费公示办法 云岭县城乡供热价格管理办法
    云岭县服务业发展引导资金管理办法 云岭县储备粮管理办法
    """),
    topics=("研究重点项目前期工作和要素保障。", "审议物业服务收费调整的听证方案。", "听取粮食收购和储备轮换情况。",
            "研究充电设施布局规划。", "通报固定资产投资完成情况。"),
    proposals=("关于在老旧小区增设充电桩的建议", "关于降低农产品冷链用电价格的提案", "关于加快县城北部停车场建设的建议",
               "关于规范物业收费公示的提案", "关于扶持县域冷链物流的建议", "关于完善乡镇加油站布局的提案",
               "关于支持村集体光伏项目的建议"),
    press=("全县重点项目建设进展", "居民用水价格调整听证结果", "上半年经济运行情况"),
    opinions=(("网民反映小区充电桩收费偏高", "县政府留言板"), ("车主反映县医院周边停车乱收费", "抖音")),
    powers=38,
)  # fmt: skip
POLICE = House(
    "云岭县公安局", "云公",
    licences=("机动车驾驶证核发", "机动车登记", "旅馆业特种行业许可", "大型群众性活动安全许可"),
    offences=(("道路交通安全违法行为", "罚款"), ("扰乱公共秩序", "行政拘留"), ("违反旅馆业治安管理规定", "罚款")),
    measures=("扣留机动车", "扣押无合法证明的烟花爆竹", "扣留机动车驾驶证"),
    charges=("机动车号牌、行驶证工本费", "居民身份证补领、换领工本费"),
    documents=listed("""
    云岭县电动自行车登记管理办法 云岭县城区货车通行管理规定 云岭县烟花爆竹燃放管理规定 云岭县居住证申领办法
    云岭县犬只登记管理办法 云岭县大型活动安全管理细则 云岭县校园周边交通管理规定
    """),
    topics=("研究夏季治安整治行动。", "听取道路交通事故预防工作汇报。", "审议窗口服务改进措施。", "研究反诈宣传工作。"),
    proposals=("关于规范学校门口交通秩序的建议", "关于加强电动自行车管理的提案", "关于在农村路口增设信号灯的建议",
               "关于加大反诈宣传力度的提案", "关于延长车驾管窗口服务时间的建议", "关于整治夜间噪声的提案"),
    press=("夏季治安整治行动", "预防电信网络诈骗", "春运道路交通安全"),
    opinions=(("网传县城多处摄像头失效", "微博"), ("网民反映补办证件排队时间长", "微信公众号留言"),
              ("短视频称夜间飙车无人管", "抖音")),
    powers=214,
)  # fmt: skip
CIVIL = House(
    "云岭县民政局", "云民",
    licences=("社会团体成立登记", "民办非企业单位成立登记", "社会组织章程核准", "慈善组织公开募捐资格审批"),
    offences=(("社会组织不按规定接受监督检查", "警告，责令改正"), ("违规收取殡葬服务费用", "责令退还，并处罚款")),
    documents=listed("""
    云岭县临时救助实施办法 云岭县特困人员供养办法 云岭县城乡最低生活保障操作规程 云岭县养老机构补助办法
    云岭县地名标志管理办法 云岭县社会组织评估办法 云岭县惠民殡葬补助办法 云岭县困境儿童保障办法
    云岭县居家养老服务规范 云岭县流浪乞讨人员救助细则
    """),
    topics=("研究低保年度核查安排。", "听取养老服务补贴发放情况。", "审议临时救助备用金使用情况。", "研究村（社区）地名命名。"),
    proposals=("关于增设农村互助养老点的建议", "关于提高临时救助时效的提案", "关于规范公墓收费的建议",
               "关于为高龄老人安装扶手的提案", "关于加强留守儿童关爱的建议"),
    press=("城乡居民最低生活保障标准调整",),
    parties=("云岭县书法家协会", "云岭县德馨养老服务中心", "云岭县登山运动协会", "云岭县春晖志愿服务中心",
             "云岭县青禾果业协会", "云岭县晚晴老年大学", "云岭县餐饮行业商会"),
    opinions=(("网民询问高龄津贴何时到账", "县政府留言板"),),
    powers=52,
)  # fmt: skip
LAND = House(
    "云岭县自然资源局", "云自然资",
    licences=("建设用地规划许可", "建设工程规划许可", "乡村建设规划许可", "临时用地审批"),
    offences=(("未经批准占用土地", "责令退还土地，并处罚款"), ("未按规划许可建设", "责令限期改正，并处罚款")),
    topics=("审议国有建设用地出让方案。", "研究汛期地质灾害防治。", "听取不动产登记历史遗留问题化解情况。"),
    proposals=("关于化解不动产登记遗留问题的建议", "关于加强矿山复绿的提案", "关于简化农村建房审批的建议",
               "关于公布征地补偿进度的提案"),
    press=("汛期地质灾害防治", "不动产登记“一窗办”"),
    opinions=(("网民反映安置房办证进度慢", "县政府留言板"),),
    powers=131, past_only=True,
)  # fmt: skip
SCHOOLS = House(
    "云岭县教育局", "云教",
    parties=("云岭县育才培训学校", "云岭县小星星幼儿园", "云岭县启明外语培训学校", "云岭县蓝天艺术培训中心",
             "石桥镇向阳幼儿园", "云岭县博文高级中学"),
    licences=("民办学校设立、变更",), charges=("普通高中学费、住宿费",),
    topics=("研究秋季招生工作。", "审议校外培训机构年检结果。", "听取校园食品安全检查情况。"),
    proposals=("关于改善乡镇寄宿学校条件的建议", "关于开展课后体育服务的提案", "关于增加特殊教育教师的建议",
               "关于规范校服采购的提案", "关于增开城乡学生公交的建议"),
    press=("义务教育招生政策解读", "校外培训治理"),
    opinions=(("家长反映校服价格", "微信公众号留言"), ("网传某小学食堂更换供应商", "抖音")),
    past_only=True,
)  # fmt: skip
OFFICE = House(
    "云岭县人民政府办公室", "云政办", meeting="",
    proposals=("关于提高政务热线接通率的建议", "关于加强政策解读的提案"),
    press=("民生实事进展", "优化营商环境措施", "农村供水保障", "县城更新计划"),
    opinions=(("网民反映政务大厅周末不办事", "县政府留言板"), ("网传县城将整体搬迁", "微博"),
              ("短视频反映公厕卫生差", "抖音"), ("网民投诉公交线路调整未公告", "微博")),
    points=(("县城老旧小区改造", "livelihood", "县住房和城乡建设局"), ("农村公路提级改造", "project", "县交通运输局"),
            ("基层政务公开标准化目录修订", "key_work", "县政府办公室"), ("县中医院迁建", "project", "县卫生健康局"),
            ("普惠托育服务点建设", "livelihood", "县卫生健康局"), ("高频事项“一件事”办理", "key_work", "县行政审批服务局")),
    past_only=True,
)  # fmt: skip
STONE_BRIDGE = House(
    "云岭县石桥镇人民政府", "云石桥", meeting="镇长办公会",
    topics=("研究惠农补贴发放公示。", "听取村级财务公开检查情况。", "审议集市改造方案。"),
    proposals=("关于修缮石桥集市排水沟的建议", "关于增加镇区路灯的建议"),
    boards=(("农村低保对象名单", "石桥村委会公告栏"), ("惠农补贴发放明细", "河西村委会公告栏"),
            ("村级财务收支", "石桥村委会公告栏"), ("宅基地审批结果", "镇便民服务中心电子屏"),
            ("公益性岗位人选", "河西村委会公告栏"), ("临时救助对象", "镇便民服务中心电子屏")),
    units=("石桥村", "河西村", "民政所", "农业综合服务中心"), past_only=True,
)  # fmt: skip
GREEN_FIELDS = House(
    "云岭县青禾乡人民政府", "云青禾", meeting="乡长办公会",
    topics=("研究春耕物资保障。", "审议乡村公路养护方案。", "听取森林防火巡护情况。"),
    proposals=("关于改造青禾小学操场的建议", "关于扩建灌溉水渠的建议"),
    boards=(("耕地地力保护补贴", "青禾村委会公告栏"), ("村集体经济收益分配", "前进村委会公告栏"),
            ("生态护林员名单", "桃园村委会公告栏"), ("危房改造对象", "青禾村委会公告栏")),
    units=("青禾村", "前进村", "桃园村", "财政所"),
)  # fmt: skip
HOUSES = (OFFICE, DEVELOPMENT, SCHOOLS, POLICE, CIVIL, LAND, STONE_BRIDGE, GREEN_FIELDS)
