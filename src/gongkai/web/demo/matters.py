"""What the invented applicants of the demonstration ask for. Every name, number and matter is made up."""

from __future__ import annotations

from gongkai.web.onrequest.services.intake import Who

MATTERS = (
    "{year}年{place}农村公路建设项目的立项批复和中标合同",
    "{place}{year}年度土地征收补偿安置方案及补偿费用发放明细",
    "{year}年度义务教育学校学区划分方案及调整依据",
    "{place}{year}年城乡居民最低生活保障对象公示名单",
    "{place}老旧小区改造项目的实施方案和资金来源",
    "{year}年县级财政衔接推进乡村振兴补助资金安排情况",
    "{place}污水处理厂的环境影响评价批复文件",
    "{year}年县城停车泊位收费标准及制定依据",
    "{place}河道治理工程竣工验收意见书",
    "{year}年民办学校年度检查结果",
    "{place}宅基地审批管理办法及现行有效的配套文件",
    "{year}年度县级公立医院药品集中采购目录",
    "{place}集体土地使用权登记的相关政策文件",
    "{year}年事业单位公开招聘的岗位设置核准文件",
    "{place}农贸市场改造项目的规划许可证和总平面图",
    "{year}年自然灾害救助资金分配方案",
    "{place}小学食堂招标公告、评标报告和中标通知书",
    "{year}年度中小学教师职称评审通过人员名单",
    "{place}地质灾害隐患点的排查记录和防治方案",
    "{year}年县域义务教育优质均衡发展自评报告",
    "{place}采石场的采矿许可证和矿山地质环境保护方案",
    "{year}年教育费附加的收入和使用情况",
    "{place}国土空间规划的公示稿和意见采纳情况",
)
PLACES = ("石桥镇", "青禾乡", "云岭街道", "柳树镇", "双河村", "北关社区")

_SURNAMES, _NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", ("安宁", "文博", "一诺", "子涵", "雨桐", "立新", "秀英", "建军")
FIRMS = ("云岭县宏达建筑有限公司", "青河市众合商贸有限公司", "云岭县绿源农业合作社", "青河市远景科技有限公司")
LAWYERS = ("青河市正言律师事务所", "山海律师事务所云岭分所")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


OPENINGS = ("申请公开", "", "申请获取", "申请公开", "请公开")
ENDINGS = (
    "。请提供纸质复印件。",
    "。用于核对本村公示的内容，电子版或者复印件都可以。",
    "。",
    "，包括附件和附图。",
    "。有多个版本的，只要现行有效的一个。",
)


def matter(number: int, year: int) -> str:
    """The n-th matter, with a year and a place."""
    asked = MATTERS[number % len(MATTERS)].format(year=year, place=PLACES[number % len(PLACES)])
    return OPENINGS[number % len(OPENINGS)] + asked


def request(number: int, year: int) -> str:
    """The n-th application in an applicant's words."""
    return matter(number, year) + ENDINGS[number * 2 % len(ENDINGS)]


def name(number: int) -> str:
    """The n-th invented person."""
    return _SURNAMES[number % len(_SURNAMES)] + _NAMES[number // len(_SURNAMES) % len(_NAMES)]


def identity(number: int) -> str:
    """An identity number with a right check digit in a district that there is not (999999)."""
    digits = f"999999{1960 + number % 40}{1 + number % 12:02d}{1 + number % 28:02d}{number % 1000:03d}"
    check = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 11
    return digits + "10X98765432"[check]


def applicant(number: int) -> Who:
    """The n-th invented applicant: most are persons, some firms and lawyers."""
    if number % 9 == 4:
        return Who("enterprise", FIRMS[number % len(FIRMS)], "", "", phone="0539-8880000", address="云岭县青年路18号")
    if number % 13 == 7:
        firm = LAWYERS[number % len(LAWYERS)]
        return Who("legal_service_provider", firm, "", "", phone="0539-8881111", address="青河市解放路6号")
    phone = f"199{10000000 + number * 7919 % 89999999:08d}"
    place = PLACES[number % len(PLACES)]
    return Who(
        "natural_person",
        name(number),
        "identity_card",
        identity(number),
        phone,
        "",
        f"云岭县{place}{number % 90 + 1}号",
    )
