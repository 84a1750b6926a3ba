"""What is found in running text, and what only looks so: a table of examples."""

from __future__ import annotations

import pytest

from gongkai.readers.precheck import Lists, precheck_text
from gongkai.readers.precheck.lists import parse_lists

IDENTITY, CARD = "110101199003074514", "6222021234567890128"
NAMED = parse_lists(
    "名单.txt",
    """[领导]
县委书记 李鸣
县委副书记、县长 王晓虹
副县长 赵建国
县长 孙立人 离任
[地名]
石桥镇
梨园新村社区
[敏感词]
维稳
[联系方式]
0871-65551234
13988887777
""".encode(),
)

FOUND = [
    # text | kinds, with the grade of each
    (f"身份证号{IDENTITY}。", ["identity warning"]),
    ("公民身份号码：１１０１０１１９９００３０７４５１４", ["identity warning"]),
    ("110101 19900307 4514", ["identity warning"]),
    ("110101-19900307-4514", ["identity warning"]),
    (f"张三{IDENTITY}李四11010119900307109X", ["identity warning", "identity warning"]),
    ("身份证号110101199003074515", ["identity doubt"]),
    ("身份证110101900307451", ["identity doubt"]),
    (f"编号{IDENTITY}", ["identity doubt"]),
    ("村民张三13800001234", ["phone warning"]),
    ("张三，138 0000 1234", ["phone doubt"]),
    ("联系人：张三，联系电话：13800001234", ["phone note"]),
    (f"联系人：张三，身份证号{IDENTITY}，联系电话：13800001234", ["identity warning", "phone warning"]),
    ("身份证办理联系人：张三，联系电话：13800001234", ["phone note"]),
    ("咨询电话：13800001234（办公室）", ["phone note"]),
    ("当事人家庭电话0871-65550000", ["telephone doubt"]),
    ("李四（0871）65550000", ["telephone note"]),
    (f"银行卡号：{CARD}", ["bank_card warning"]),
    ("户名张三，账号6222 0212 3456 7890 128", ["bank_card warning"]),
    ("银行卡号：6222021234567890129", ["bank_card doubt"]),
    ("邮箱zhangsan@qq.com", ["email doubt"]),
    ("电子邮箱：ylxjyj@163.com", ["email note"]),
    ("张三，家庭住址：云岭县石桥镇河边村3组12号", ["address doubt"]),
    ("被处罚人住云岭县城关镇人民路18号2单元301室", ["address doubt"]),
    ("护照号：E12345678", ["person_number doubt"]),
    ("残疾证号：11010119900307451443", ["person_number doubt"]),
    ("驾驶云A12345小型客车", ["person_number note"]),
    ("张三，出生日期：1990年3月7日", ["birth_date note"]),
    ("机密★10年", ["secrecy_mark warning"]),
    ("秘密★", ["secrecy_mark warning"]),
    ("内部资料，注意保存", ["internal_mark doubt"]),
    ("（此件不予公开）", ["internal_mark doubt"]),
    ("公开属性：依申请公开", ["internal_mark doubt"]),
    ("云岭县规划（送审稿）", ["internal_mark note"]),
    ("惯彻落实会议精神", ["misspelt doubt"]),
    ("加强法制政府建设", ["misspelt doubt"]),
    ("做好維穩工作", ["sensitive doubt"]),
    ("县委书记李铭出席", ["leader doubt"]),
    ("县长王小虹主持", ["leader doubt"]),
    ("县长王虹晓主持", ["leader doubt"]),
    ("县长孙立人出席", ["leader doubt"]),
    ("副县长李鸣出席", ["leader doubt"]),
    ("赵建国、李鸣参加", ["leader note"]),
    ("在石乔镇召开", ["place_name note"]),
    ("梨园新存社区", ["place_name note"]),
]

IS_NOTHING = [
    "平财发〔2021〕15号",
    "云政办发〔2024〕110101号",
    "ISBN 978-7-5097-1234-5",
    "ISBN9787509712345",
    "订单号13800001234",
    "运单编号：13912345678",
    "项目代码2020-370124-48-03-012345",
    "合同编号110101199003074515",
    "统一社会信用代码91370124MA3C0XXXXX",
    "统一社会信用代码：123456789012345678",
    "不动产权证书编号530102199003074518",
    "金额138000012345元",
    "总投资13800001234.56元",
    "面积1380000.1234平方米",
    "2021年1月1日至2021年12月31日",
    "咨询电话：0871-65551111",
    "办公室电话：0871-65551111，传真：0871-65552222",
    "联系电话：（0871）65551111",
    "热线12345、12315、4008001234",
    "值班电话：0871-65551234",
    "李处长13988887777",
    "邮箱：ylx@yunling.gov.cn",
    "地址：云岭县城关镇人民路18号政务服务中心3楼305室",
    "法定代表人李四，住所：云岭县工业园区创业路88号1号楼",
    "卡号已遮盖：6222＊＊＊＊＊＊＊＊0128，身份证110101********4514，电话138****1234",
    "依法保护商业秘密和个人隐私，严格保密审查",
    "不予公开的理由、依申请公开工作指南",
    "征求意见稿",
    "向社会公布，组织实施。决定外包、解决对策，校园满意度",
    "县委书记李鸣，县委副书记、县长王晓虹，副县长赵建国出席",
    "县委书记 李　鸣",
    "县长办公会，副县长分工",
    "原县长孙立人",
    "石桥镇、梨园新村社区",
    "",
]


def kinds(text: str) -> list[str]:
    found = precheck_text(text, Lists.shipped() | NAMED).hits
    return [f"{hit.kind} {hit.grade}" for hit in found]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_this_is_pointed_out(text: str, expected: list[str]) -> None:
    assert sorted(kinds(text)) == sorted(expected)


@pytest.mark.parametrize("text", [text for text in IS_NOTHING if text])
def test_this_is_left_alone(text: str) -> None:
    assert kinds(text) == []


def test_a_number_that_a_line_end_parts_is_found_where_it_proves_itself() -> None:
    wrapped = f"身份证号{IDENTITY[:9]}\n{IDENTITY[9:]}已核实\n电话138\n00001234"
    found = precheck_text(wrapped).hits
    assert [(hit.kind, hit.place.line) for hit in found] == [("identity", 1), ("phone", 3)]
    assert all(IDENTITY[9:] not in hit.text for hit in found)


def test_numbers_of_two_lines_are_not_joined_into_one_that_proves_nothing() -> None:
    assert precheck_text("金额2021\n138000012345").hits == ()


def test_each_hit_says_where_what_and_on_what_it_rests() -> None:
    (identity,) = precheck_text(f"第一行\n张三的身份证是{IDENTITY}").hits
    assert identity.place.says == "第2行"
    assert identity.text == "张三的身份证是110＊＊＊＊＊＊＊＊＊＊＊＊＊14"
    assert identity.basis.startswith("《个人信息保护法》第二十五条")
    assert "公示" in identity.what_to_do
    (word,) = precheck_text("按装设备").hits
    assert (word.basis, word.says) == ("本系统规则", "“按装”疑为“安装”之误。")


def test_a_fingerprint_stays_when_something_is_added_before_and_does_not_betray_the_value() -> None:
    before = precheck_text(f"身份证号{IDENTITY}")
    after = precheck_text(f"新加的一段\n\n身份证号{IDENTITY}")
    other = precheck_text("身份证号110101199003071014")
    assert [hit.fingerprint for hit in before.hits] == [hit.fingerprint for hit in after.hits]
    # Two people whose shown signs agree have one fingerprint: it holds nothing beyond what is shown.
    assert before.hits[0].text == other.hits[0].text
    assert before.hits[0].fingerprint == other.hits[0].fingerprint


def test_the_result_survives_its_json() -> None:
    from gongkai.readers.precheck import Precheck

    found = precheck_text(f"惯彻{IDENTITY}\n机密★")
    assert Precheck.from_json(found.to_json()) == found
    assert found.to_json()["counts"] == {"warning": 2, "doubt": 1, "note": 0}
