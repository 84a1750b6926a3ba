"""The kinds of hits: what each is called, how much it weighs, what it says, on what it rests, what a person may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gongkai.law.citations import (
    NO_PERSONAL_INFORMATION_IN_PUBLIC,
    NOT_DISCLOSED,
    PRIVACY_OF_OTHERS,
    REVIEW_BEFORE_DISCLOSURE,
    Citation,
    basis,
)

Grade = Literal["warning", "doubt", "note"]
GRADES: dict[Grade, str] = {"warning": "重点核实", "doubt": "请核实", "note": "请留意"}
"""How much a hint weighs. None of them forbids anything."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of hit. `group` is the heading under which a page lists it."""

    zh: str
    group: str
    grade: Grade
    says: str
    what_to_do: str
    citation: Citation | None = None

    @property
    def basis(self) -> str:
        """The provision with its words, or 本系统规则."""
        return basis(self.citation)


GROUPS = {
    "secrecy": "密级和内部标记",
    "personal": "个人信息",
    "hidden": "看不见的内容",
    "words": "人名、地名和用词",
    "file": "文件附带的信息",
}

_MASK = (
    "确有必要公开的（例如依法公示的处罚、招考、救助名单），请遮去号码的中间几位，公示期满及时撤下；不必公开的请删去。"
)
_CLEAN = "不打算公开的，请在原文件中删去后另存，再检查一次。"
_PERSON = NO_PERSONAL_INFORMATION_IN_PUBLIC
_OTHERS = PRIVACY_OF_OTHERS

KINDS: dict[str, Kind] = {
    "secrecy_mark": Kind(
        "密级标志", "secrecy", "warning", "文件带有国家秘密标志。",
        "请立即停止在非涉密设备上处理，按保密规定报告本机关保密机构；确系误标的，由定密责任人纠正后再提交。", NOT_DISCLOSED,
    ),
    "internal_mark": Kind(
        "内部标记", "secrecy", "doubt", "文件标注了限制公开的字样。",
        "请核对公开属性和保密审查意见；可以公开的，删去该标注后再发布。", REVIEW_BEFORE_DISCLOSURE,
    ),
    "identity": Kind("身份证号", "personal", "warning", "像是公民身份号码。", _MASK, _PERSON),
    "bank_card": Kind("银行卡号", "personal", "doubt", "像是银行卡号或者个人账号。", _MASK, _PERSON),
    "phone": Kind(
        "手机号码", "personal", "doubt", "像是手机号码。",
        "是工作联系方式的，建议换成办公电话；是他人号码的，请遮去或者删去。", _PERSON,
    ),
    "telephone": Kind(
        "固定电话", "personal", "note", "像是固定电话，附近没有办公用途的字样。", "是单位电话的可以保留；是个人电话的请删去。", _PERSON,
    ),
    "email": Kind("电子邮箱", "personal", "note", "像是个人邮箱。", "请改用单位邮箱，或者删去。", _PERSON),
    "address": Kind(
        "个人住址", "personal", "doubt", "像是个人的详细住址。", "确有必要公开的，写到乡镇（街道）或者村（社区）即可；不必公开的请删去。", _OTHERS,
    ),
    "person_number": Kind("其他个人证件、账号", "personal", "doubt", "像是个人的证件号、车牌号或者账号。", _MASK, _PERSON),
    "birth_date": Kind("出生日期", "personal", "note", "写有具体的出生日期。", "不必具体到日的，写年龄或者出生年月即可。", _PERSON),
    "person_column": Kind(
        "敏感的栏目", "personal", "doubt", "表中有一栏是个人的敏感情况。", "请核对有没有公开这一栏的依据；没有的请删去整栏。", _OTHERS,
    ),
    "leader": Kind("领导姓名和职务", "words", "doubt", "与本单位名单不一致。", "请对照最新的任免文件核对姓名、职务和排序。"),
    "place_name": Kind("地名", "words", "note", "与本单位地名表中的名称只差一字。", "请核对是不是写错了；确系另一处地名的可以保留。"),
    "misspelt": Kind("疑似错别字", "words", "doubt", "疑似错别字。", "请核对原文；引用原话的可以保留。"),
    "sensitive": Kind("敏感词", "words", "doubt", "命中本单位的敏感词表。", "请结合上下文判断，需要时修改。"),
    "hidden_sheet": Kind("隐藏的工作表", "hidden", "warning", "工作簿中有隐藏的工作表，下载的人可以取消隐藏。", _CLEAN),
    "hidden_rows": Kind("隐藏的行", "hidden", "warning", "工作表中有隐藏的行，下载的人可以取消隐藏。", _CLEAN),
    "hidden_columns": Kind("隐藏的列", "hidden", "warning", "工作表中有隐藏的列，下载的人可以取消隐藏。", _CLEAN),
    "hidden_text": Kind("看不见的文字", "hidden", "warning", "有页面上看不见、复制或者检索得到的文字。", _CLEAN),
    "covered_text": Kind(
        "被盖住的文字", "hidden", "warning", "有文字被图形或者图片盖住，但仍在文件里，可以复制出来。",
        "盖住不等于删去。请在原文件中删去这些文字后重新导出，或者用本系统的区分处理功能遮盖。",
    ),
    "comment": Kind("批注", "hidden", "doubt", "文件中有批注。", "请删除全部批注后另存，再检查一次。"),
    "tracked_change": Kind(
        "修订痕迹", "hidden", "warning", "文件中有修订痕迹，可以看到修改前的内容。", "请接受或者拒绝全部修订、关闭修订后另存，再检查一次。",
    ),
    "cropped_picture": Kind(
        "裁剪过的图片", "hidden", "note", "图片在文档里裁剪过，裁去的部分还在文件里。", "请用“压缩图片”并勾选删除裁剪区域，或者先裁好图片再插入。",
    ),
    "cached_data": Kind("缓存的数据", "hidden", "doubt", "文件里存有数据透视表等的源数据，表上看不到也可以取出。", _CLEAN),
    "earlier_version": Kind(
        "可能存有改动前的内容", "hidden", "note", "PDF是在原文件上追加保存的，改动前的内容可能还在文件里。", "请从原文件重新导出一份PDF再发布。",
    ),
    "embedded_object": Kind(
        "嵌入的文件", "hidden", "doubt", "文档里嵌入了另一份文件，可以双击打开，看到其全部内容。", "请改成图片或者普通表格，或者核对嵌入的文件可以公开。",
    ),
    "attachment": Kind("附件", "hidden", "doubt", "文件里带有附件。", "请打开附件核对；不公开的请删去。"),
    "macro": Kind("宏", "file", "warning", "文件带有宏，可能运行程序，也会被浏览器和杀毒软件拦截。", "请另存为不含宏的格式后再发布。"),
    "script": Kind("脚本", "file", "warning", "文件带有脚本。", "请去掉脚本，重新导出后再发布。"),
    "external_link": Kind(
        "指向外部的链接", "file", "note", "文件链接到外部或者内部网络的地址。", "请核对链接可以公开、能够打开；指向内部网络或者本机文件的请删去。",
    ),
    "local_path": Kind("本机路径", "file", "note", "写有本机或者内部网络的文件路径，可能带出用户名。", "请删去。"),
    "metadata": Kind("文件属性", "file", "note", "文件属性中写有姓名、单位或者软件信息。", "请用“检查文档”删除文档属性和个人信息后另存。"),
    "ending": Kind("扩展名", "file", "note", "扩展名与内容不符。", "请改成相符的扩展名后再发布，否则下载的人可能打不开。"),
    "location": Kind("拍摄地点", "file", "doubt", "图片里存有拍摄地点的经纬度。", "请去掉图片的拍摄信息后再使用。"),
    "exif": Kind("拍摄信息", "file", "note", "图片里存有拍摄设备、时间或者作者信息。", "不需要公开的，请去掉图片的拍摄信息后再使用。"),
}  # fmt: skip
"""In the order of their groups."""
