"""The words clerks use for what the form counts: patterns as data, matched at the end of the noun before a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_AFTER = (
    r"(?:的|类|类型|情形|情况|方式|答复|决定|申请人?|提交|提出|(?:政府)?信息公开申请|依申请公开|(?:相关)?(?:政府)?信息|事项|案件|处理|告知|"
    r"相关|[”\"]|共计|合计|共|计|有|为|是|了|达|数|数量|件数|:|：|\s){0,5}$"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the form: `family` outcome, ground, applicant, channel or result; `key` in report-format."""

    family: str
    key: str
    name: str
    words: str


def _terms(family: str, *entries: tuple[str, str, str]) -> tuple[Term, ...]:
    return tuple(Term(family, *entry) for entry in entries)


OUTCOMES = _terms(
    "outcome",
    (
        "disclosed+disclosed_in_part",
        "予以公开加部分公开",
        r"(?:予以|全部|同意|决定)?公开(?:及|和|、|与|或|以及)(?:予以|同意)?部分(?:予以)?公开|"
        r"部分公开(?:及|和|、|与|或|以及)(?:予以|全部)公开",
    ),
    ("disclosed_in_part", "部分公开", r"部分(?:予以)?公开|区分处理"),
    ("withheld", "不予公开", r"不予(?:以)?公开|不同意公开"),
    ("disclosed", "予以公开", r"(?<!不)予以公开|(?<!不)同意公开|全部公开|(?<!不)予以全部公开"),
    ("unavailable", "无法提供", r"无法(?:予以)?提供|不能提供|未能提供"),
    ("not_processed", "不予处理", r"不予处理"),
    ("otherwise_closed", "其他处理", r"其[他它](?:方式)?处理|作其[他它]处理"),
)
GROUNDS = _terms(
    "ground",
    ("withheld.state_secret", "属于国家秘密", r"国家秘密"),
    ("withheld.barred_by_law", "其他法律行政法规禁止公开", r"法律、?(?:和)?行政法规禁止公开"),
    ("withheld.endangers_security_or_stability", "危及“三安全一稳定”", r"三安全一稳定”?"),
    ("withheld.third_party_interests", "保护第三方合法权益", r"第三方(?:的)?合法权益"),
    ("withheld.internal_affairs", "属于三类内部事务信息", r"内部事务(?:性)?信息"),
    ("withheld.process_information", "属于四类过程性信息", r"过程性信息"),
    ("withheld.enforcement_case_file", "属于行政执法案卷", r"执法案卷(?:信息)?"),
    ("withheld.administrative_inquiry", "属于行政查询事项", r"行政查询事项"),
    (
        "unavailable.not_held",
        "本机关不掌握相关政府信息",
        r"(?:本|我)(?:机关|单位|级|办|局|委|镇|乡|街道|府|厅|区|县|市)[^，。；]{0,2}不掌握(?:相关)?(?:政府)?(?:信息)?|"
        r"(?<![本我关位级])不掌握(?:相关)?(?:政府)?(?:信息)?",
    ),
    ("unavailable.not_yet_made", "没有现成信息需要另行制作", r"没有现成信息(?:需要?另行制作)?|需要?另行制作"),
    ("unavailable.still_unclear", "补正后申请内容仍不明确", r"补正后(?:申请)?(?:内容)?仍?不明确"),
    ("not_processed.petition_or_complaint", "信访举报投诉类申请", r"信访、?举报、?投诉类?(?:申请)?"),
    ("not_processed.repeated", "重复申请", r"重复申请"),
    ("not_processed.published_work", "要求提供公开出版物", r"公开出版物"),
    ("not_processed.excessive", "无正当理由大量反复申请", r"大量、?反复申请"),
    ("not_processed.reconfirmation", "要求行政机关确认或重新出具已获取信息", r"重新出具(?:已获取)?(?:信息)?"),
    ("otherwise_closed.supplement_not_made", "逾期不补正", r"逾期[不未]补正"),
    ("otherwise_closed.fee_not_paid", "逾期未缴费", r"逾期[不未]缴(?:纳)?费(?:用)?"),
    # What an answer says in the words of the Regulations; the form has no row of its own for it.
    ("no_such_information", "信息不存在", r"(?:政府|所申请的?|相关|该)?信息不存在|(?<![问题现象])不存在"),
    (
        "of_another_organ",
        "不属于本机关负责公开",
        r"(?:不属于?|非|不是)(?:本|我)(?:行政)?(?:机关|单位|部门|级|办|局|委|镇|乡|街道|府|厅|区|县|市)"
        r"(?:负责|职责|掌握|制作|保存|公开|的|政府|信息|范围|职权|获取|、|或|和){0,6}",
    ),
    (
        "no_government_information",
        "不属于政府信息",
        r"(?:不属于?|不是|非)(?:《?条例》?(?:所|规定|所称|所指)?的?)?政府信息",
    ),
)
APPLICANTS = _terms(
    "applicant",
    (
        "organisations",
        "法人或其他组织",
        r"(?<!公民、)(?<!公民和)(?<!公民)(?:法人(?:或|和|及|、)?其[他它]组织|法人(?:及|或|和)组织|非自然人)",
    ),
    ("natural_person", "自然人", r"自然人|公民个人"),
    ("enterprise", "商业企业", r"商业企业"),
    ("research_institution", "科研机构", r"科研机构"),
    ("public_benefit_organisation", "社会公益组织", r"(?:社会)?公益组织"),
    ("legal_service_provider", "法律服务机构", r"法律服务机构"),
)
CHANNELS = _terms(
    "channel",
    ("network", "网络申请", r"网络|网上|在线|互联网|网站|平台|系统|线上"),
    ("letter", "信函申请", r"信函|邮寄|来信|书信|信件|邮政|快递|EMS"),
    ("mail", "电子邮件申请", r"电子邮件|电子邮箱|邮箱|邮件"),
    ("counter", "当面申请", r"当面|现场|窗口|面交|上门|当场|来访"),
    ("written", "书面申请", r"书面|纸质|线下"),
    ("fax", "传真申请", r"传真"),
)
RESULTS = _terms(
    "result",
    ("upheld", "结果维持", r"结果维持|维持(?:原(?:行政)?行为|原(?:具体)?(?:行政)?行为|原判|决定)?"),
    ("corrected", "结果纠正", r"结果纠正|被?(?:依法)?(?:纠正|纠错)"),
    ("other", "其他结果", r"其[他它]结果"),
    ("pending", "尚未审结", r"尚未(?:审结|办结)|正在审理|未审结|未结|审理中|尚在审理"),
)
_TERMS = OUTCOMES + GROUNDS + APPLICANTS + RESULTS + CHANNELS
_ANY = re.compile("|".join(f"(?P<t{i}>(?:{t.words})(?={_AFTER}))" for i, t in enumerate(_TERMS)))
_HINT = re.compile(
    r"公开|处理|提供|存在|不属|非本|秘密|禁止|稳定|权益|内部|过程|案卷|查询|掌握|现成|制作|明确|信访|重复|出版|反复|出具|补正|缴|法人|自然人|个人|企业|机构|组织|"
    r"维持|纠|结果|审|网|线|平台|系统|信|邮|快递|EMS|面|现场|窗口|上门|当场|来访|书|纸|传真"
)


@lru_cache(maxsize=4096)
def term(phrase: str) -> Term | None:
    """The term a noun phrase ends with, the last where it holds several; None when it ends with none."""
    if not _HINT.search(phrase):
        return None
    found = list(_ANY.finditer(phrase))
    group = found[-1].lastgroup if found else None
    return _TERMS[int(group[1:])] if group else None


# ---- the application procedure -----------------------------------------------------------------------

_FILL = (
    r"(?:共计|总共|合计|一共|共|累计|总计|已|了|到|并|和|及|、|全年|本年度|本年|年内|依法|依规|按时|及时|规范|妥善|新|实际|各类|公民、?法人(?:和|或|及)其[他它]组织|"
    r"公民|群众|社会公众|申请人|提交|提出|递交|向[^，。；]{2,20}?(?:提出|提交|递交|申请)|通过[^，。；]{2,24}?(?:提交|提出|递交)?的?|来自[^，。；]{2,12}的|有效|的|有|为|：|:|对|关于|直接|政府)*"
)
_OBJECT = (
    r"(?:(?:依申请公开(?:的)?)?(?:政府)?信息(?:公开)?(?:的)?(?:依申请公开)?(?:申请)?|依申请(?:公开)?|公开申请|申请公开|申请)"
    r"(?:公开)?(?:的)?(?:政府)?(?:信息)?(?:申请|请求)?(?:案件|办件|件数|件|事项|业务|数量|总量|总数|数|量|工作|信息)*"
)
_COUNT = r"(?:共计|总计|合计|累计|总共|共有|共|计|达到?|为|有|是|了|已|:|：|\s)*$"
_RECEIVE = r"(?:收到|受理|接收|收办|接到|收悉|接受|接办|收件|登记|收取?)"
RECEIVED = re.compile(
    rf"(?P<verb>新?{_RECEIVE}(?:(?:和|并|及|、)?(?:办理|处理|办结|受理|答复))?)(?:到|了)?{_FILL}(?P<object>{_OBJECT}){_COUNT}"
)
HANDLED = re.compile(rf"(?P<verb>办理|处理|办理和答复){_FILL}(?P<object>{_OBJECT}){_COUNT}")
NEW = re.compile(rf"(?:本年(?:度)?|今年|当年|全年)?(?:新收|新增|新受理)(?:到)?{_FILL}(?P<object>{_OBJECT})?{_COUNT}")
VOLUME = re.compile(
    rf"(?P<object>{_OBJECT})(?:的)?(?:(?P<taken>受理|收件|收到|接收|接受|收取)|办件|办理|处理)(?:件)?(?:总)?(?:数量|件数|总量|总数|数|量){_COUNT}"
)
"""依申请公开受理数为10件: the procedure said as a noun."""
NOUN_FIRST = re.compile(rf"(?P<object>{_OBJECT})(?:数量|总量|总数|情况)?{_COUNT}")
DECIDED = re.compile(
    rf"(?P<verb>办结|答复|办复|回复|办理完毕|作出答复|审结|办毕){_FILL}(?P<object>{_OBJECT})?(?:件数|数量|数)?{_COUNT}"
)
PENDING = re.compile(
    r"(?:待答复|待办理?|正在办理|正在处理|尚未答复|尚未办结|未办结|未答复|尚在办理|在办|结转(?:至|到|入)?(?:下|次|翌|明)一?年(?:度)?"
    r"(?:继续)?(?:办理|处理|答复)?|结转(?:至|到|入)?20\d\d年(?:度)?(?:继续)?(?:办理|处理|答复)?|(?:转|转入|转至|顺延(?:至|到)|延至|留待)(?:下|次)一?年(?:度)?(?:继续)?(?:办理|处理|答复)?)"
    rf"(?:的)?(?:{_OBJECT})?(?:件数|数量|数)?{_COUNT}"
)
_BROUGHT_WORDS = r"20\d\d年(?:度)?(?:未办结)?结转|(?:上一?年(?:度)?|去年|往年)(?:度)?(?:未办结)?(?:结转|转入|转结)|结转(?:自)?(?:上一?年(?:度)?|去年)|(?:上一?年(?:度)?|去年)(?:的)?结转"
BROUGHT = re.compile(
    rf"(?:{_BROUGHT_WORDS})(?:到?(?:今|本)年(?:度)?)?(?:办理|处理)?(?:的)?(?:{_OBJECT})?(?:件数|数量|数)?{_COUNT}"
)
TAIL_OBJECT = re.compile(
    rf"^(?:的)?(?:有效)?(?P<object>{_OBJECT})(?:的)?(?=$|[，,。；;、：:)]|均|已|都|全部|进行|作|在|按|予以|当中)"
)
TAIL_PENDING = re.compile(
    r"^(?:申请|的申请|案件)?(?:按[^，。；]{2,24})?(?:正在(?:办理|处理)|尚未(?:答复|办结)|待(?:答复|办)|"
    r"(?:将|因[^，]{2,12}|已)?(?:结转|转入|转至|转|顺延|延)(?:至|到|入)?(?:下|次|20\d\d))"
)
TAIL_BROUGHT = re.compile(r"^(?:申请)?(?:为|是|系|属)(?:上一?年|去年)(?:度)?结转")
TAIL_DECIDED = re.compile(r"^(?:申请)?(?:已|均已|已经|全部)(?:按时|按期|依法)?(?:办结|答复|办复)")
APPLICATION = re.compile(r"公开(?:的)?申请|依申请公开|申请公开|政府信息(?:公开)?(?:的)?申请|信息公开")
# 主动公开60件，依申请公开30件，不予公开10件: how documents are classed, not what became of applications.
MODES = re.compile(
    r"主动公开(?!政府信息)[^，,。；;、\d]{0,8}\d[^。]*(?:依申请公开|不予?公开)[^，,。；;、\d]{0,8}\d|依申请公开[^，,。；;、\d]{0,8}\d[^。]*主动公开(?!政府信息)[^，,。；;、\d]{0,8}\d|"
    r"公开属性|拟制公文|制发公文|印发公文|制作信息|制发文件|印发文件"
)
OTHER_AFFAIRS = re.compile(
    r"复议|诉讼|应诉|提案|建议案?|信箱|信访(?!举报|类|、举报)|留言|工单|热线|咨询|诉求|许可(?!.{0,8}信息公开申请)|审批|行政处罚|公证|法律援助|救助|补贴|住房|低保|"
    r"投诉件|举报件|调解|仲裁|网民|来电|商标|专利|备案|不动产|登记证|户口|社保|就业|贷款|民生|线索|议案|意见|办件量|政务服务事项"
)
SUBSET = re.compile(
    r"网上|网络|在线|信函|邮寄|当面|书面|传真|现场|窗口|邮件|邮箱|平台|系统(?!收到)|自然人|企业|法人(?!(?:和|或|及|、)其[他它]组织)|涉及|类申请|延期|逾期|合并|按时|按期|提前|当场|疑难|复杂|"
    r"重复|非|不属于|符合|有效申请|超期|第三方|补正|征求|撤回|协助|转办|指导|审核|会商|\d+个?(?:工作)?日[之以]?内"
)
