"""A letter from its coming to what is said of its answer: each act with its refusal beside it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.audit.models import Entry
from gongkai.web.facts import Refused
from gongkai.web.interaction.models import Letter, LetterAct, LetterStanding, PublicAnswer
from gongkai.web.interaction.progress import months_after
from gongkai.web.interaction.selectors import letters as desk
from gongkai.web.interaction.selectors import public
from gongkai.web.interaction.services import acts, publishing
from gongkai.web.interaction.services.facts import Overtaken, progress_of, renew_open
from gongkai.web.interaction.services.hotline import set_days
from gongkai.web.interaction.services.reminders import remind
from gongkai.web.messages.models import Message
from gongkai.web.onrequest.models import Application, Complaint
from gongkai.web.onrequest.rulekeys import MAILBOX
from gongkai.web.onrequest.selectors.follow import receipt_of
from gongkai.web.people.models import AccountsOn
from gongkai.web.review.selectors import hints
from gongkai.web.review.services import decide_hint
from gongkai.web.rules.services import set_value
from tests.web.interaction.conftest import NAME, PHONE


def state(letter: Letter) -> str:
    return LetterStanding.objects.get(letter=letter).state


def test_a_letter_gets_a_number_a_code_and_a_day_and_is_found_by_both(written, county):
    done = written()
    standing = done.letter.standing
    assert done.letter.number == "来信-2026-0001"
    assert len(done.query_code) == 10
    assert standing.state == "waiting"
    assert standing.due_on == date(2026, 3, 9)  # five working days after Monday 2 March
    assert public.letter_by_code(county.pk, done.letter.number, done.query_code.lower()) == done.letter
    assert public.letter_by_code(county.pk, done.letter.number, "2222222222") is None
    assert public.letter_by_code(county.pk, "来信-2026-0002", done.query_code) is None


def test_who_wrote_stands_nowhere_in_the_open(written):
    letter = written(title=f"{NAME}问户口登记，电话{PHONE}").letter
    row = Letter.objects.filter(pk=letter.pk).values().get()
    told = " ".join(str(value) for value in row.values() if not isinstance(value, bytes))
    assert letter.subject.startswith("来信人问户口登记")
    assert NAME not in told
    assert PHONE not in told
    assert NAME.encode() not in bytes(letter.words)


def test_a_letter_that_is_sent_twice_arrives_once(written):
    first, again = written(once="portal:1"), written(once="portal:1")
    assert again.again
    assert (again.letter, again.query_code) == (first.letter, first.query_code)
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"title": " "}, "请填写来信的标题和内容"),
        ({"kind": "petition"}, "请选择来信的类型"),
        ({"words": "字" * 5001}, "内容最多5000字"),
        ({"words": "有\x00控制字符"}, "不能识别的控制字符"),
        ({"received_on": date(2026, 3, 3)}, "收到日期还没有到"),
    ],
)
def test_what_is_no_letter_is_refused(written, other, says):
    with pytest.raises(Refused, match=says):
        written(**other)
    assert Letter.objects.count() == 0


def test_the_days_are_the_offices_own_and_count_working_days(written, audit, organ):
    set_days(audit=audit, days={"question": 3}, valid_from=date(2026, 1, 1), organ=organ.pk)
    letter = written().letter
    assert letter.standing.due_on == date(2026, 3, 9)
    acts.route(audit=audit, letter=letter, organ=organ)
    assert LetterStanding.objects.get(letter=letter).due_on == date(2026, 3, 5)
    with pytest.raises(Refused, match="1到60个工作日"):
        set_days(audit=audit, days={"question": 61}, valid_from=date(2026, 1, 1))


def test_an_organ_gives_back_what_is_not_its_own_and_another_answers(written, audit, organ, helper, hands):
    letter = written().letter
    acts.route(audit=audit, letter=letter, organ=helper)
    with pytest.raises(Refused, match="请写明退回的理由"):
        acts.give_back(audit=audit, letter=letter, reason=" ")
    acts.give_back(audit=audit, letter=letter, reason="户口登记由公安机关办理")
    assert state(letter) == "waiting"
    acts.route(audit=audit, letter=letter, organ=organ)
    with pytest.raises(Refused, match="已经由云岭县公安局承办"):
        acts.route(audit=audit, letter=letter, organ=organ)
    acts.submit(audit=hands[0], letter=letter, words="请带出生医学证明。")
    with pytest.raises(Refused, match="不能再转办"):
        acts.route(audit=audit, letter=letter, organ=helper)
    assert [act.kind for act in LetterAct.objects.filter(letter=letter)] == [
        "received", "routed", "returned", "routed", "submitted",
    ]  # fmt: skip


def test_an_organ_that_was_asked_gives_its_opinion_once(written, audit, organ, helper):
    letter = written().letter
    acts.route(audit=audit, letter=letter, organ=organ)
    with pytest.raises(Refused, match="没有请本机关会办"):
        acts.contribute(audit=audit, letter=letter, organ=helper, words="出生医学证明由接生机构签发。")
    acts.join(audit=audit, letter=letter, organ=helper, words="请说明出生医学证明怎样补办")
    assert LetterStanding.objects.get(letter=letter).joined == [str(helper.pk)]
    acts.contribute(audit=audit, letter=letter, organ=helper, words="出生医学证明由接生机构签发。")
    assert progress_of(letter).joined == ()
    assert progress_of(letter).helped == (helper.pk,)
    with pytest.raises(Refused, match="或者意见已经提出"):
        acts.contribute(audit=audit, letter=letter, organ=helper, words="再说一遍")


def test_who_drafts_does_not_review(written, audit, organ, hands):
    letter = written().letter
    acts.route(audit=audit, letter=letter, organ=organ)
    with pytest.raises(Refused, match="没有待审核的答复"):
        acts.answer(audit=hands[1], letter=letter)
    acts.submit(audit=hands[0], letter=letter, words="请带出生医学证明。")
    with pytest.raises(Refused, match="应当由另一人审核"):
        acts.answer(audit=hands[0], letter=letter)
    acts.send_back(audit=hands[1], letter=letter, reason="请写明办理地点")
    assert public.followed(letter).answer == ""
    acts.submit(audit=hands[0], letter=letter, words="请带出生医学证明到派出所。")
    acts.answer(audit=hands[1], letter=letter)
    assert public.followed(letter).answer == "请带出生医学证明到派出所。"


def test_one_person_alone_does_both_and_the_exception_stands_with_the_act(written, audit, organ):
    letter = written().letter
    acts.route(audit=audit, letter=letter, organ=organ)
    acts.submit(audit=audit, letter=letter, words="请带出生医学证明。")
    assert not AccountsOn.objects.exists()
    assert acts.answer(audit=audit, letter=letter).exception == "单人使用，没有启用账号"


def test_who_acts_on_an_old_page_is_told_so(written, audit, organ):
    letter = written().letter
    acts.route(audit=audit, letter=letter, organ=organ, seen=1)
    with pytest.raises(Overtaken, match="刚刚有人办理过"):
        acts.set_aside(audit=audit, letter=letter, ground="spam", seen=1)


def test_what_is_set_aside_is_kept_told_and_may_be_taken_up(written, audit, county):
    letter = written().letter
    with pytest.raises(Refused, match="请选择不予办理的原因"):
        acts.set_aside(audit=audit, letter=letter, ground="dislike")
    acts.set_aside(audit=audit, letter=letter, ground="petition", words="信访局电话0531-87770000")
    told = public.followed(letter)
    assert told.state == "没有办理"
    assert "信访工作机构" in told.says
    assert told.more == "信访局电话0531-87770000"
    found = public.figures(county.pk, date(2026, 1, 1), date(2026, 12, 31))
    assert (found.received, found.valid, found.aside, found.grounds) == (1, 0, 1, (("属于信访事项", 1),))
    assert found.answer_rate.text == "—（0/0）"
    acts.take_up(audit=audit, letter=letter, reason="其中一项属于本县职责")
    assert state(letter) == "waiting"


def test_an_answer_may_be_put_off_once_with_a_reason(written, audit, organ):
    letter = written().letter
    acts.route(audit=audit, letter=letter, organ=organ)
    with pytest.raises(Refused, match="应当晚于今天和原来的日期"):
        acts.extend(audit=audit, letter=letter, until=date(2026, 3, 9), reason="需要实地核实")
    acts.extend(audit=audit, letter=letter, until=date(2026, 3, 16), reason="需要实地核实")
    assert LetterStanding.objects.get(letter=letter).due_on == date(2026, 3, 16)
    assert public.followed(letter).more == "需要实地核实"
    with pytest.raises(Refused, match="已经延长过一次"):
        acts.extend(audit=audit, letter=letter, until=date(2026, 3, 20), reason="再延")


def test_an_application_in_a_letter_is_registered_with_the_day_of_the_letter(written, audit, organ):
    letter = written(title="申请公开2025年户籍人口统计表").letter
    acts.turn(audit=audit, letter=letter, into="application", organ=organ)
    made = Application.objects.get()
    code, standing = receipt_of(made)
    assert standing.received_on == letter.received_on
    assert public.followed(letter).turned == ("政府信息公开申请", made.number, code)
    with pytest.raises(Refused, match="没有办结的来信可以转为"):
        acts.turn(audit=audit, letter=letter, into="complaint", organ=organ)
    other = written(title="投诉不公开").letter
    acts.turn(audit=audit, letter=other, into="complaint", organ=organ)
    assert public.followed(other).turned == ("对政府信息公开工作的投诉", Complaint.objects.get().number, "")


def test_an_answer_is_rated_once_and_who_is_not_satisfied_says_why(answered, written, audit, county):
    letter, waiting = answered(), written(once="b").letter
    with pytest.raises(Refused, match="答复以后才能评价"):
        acts.rate(audit=audit, letter=waiting, level="satisfied")
    with pytest.raises(Refused, match="请写明理由"):
        acts.rate(audit=audit, letter=letter, level="not")
    acts.rate(audit=audit, letter=letter, level="mostly")
    with pytest.raises(Refused, match="每件来信评价一次"):
        acts.rate(audit=audit, letter=letter, level="satisfied")
    found = public.figures(county.pk, date(2026, 1, 1), date(2026, 12, 31))
    assert (found.asked, found.rated) == (1, 1)
    assert [rate.text for rate in found.rating] == ["0.0%（0/1）", "100.0%（1/1）", "0.0%（0/1）"]
    assert found.answer_rate.text == "50.0%（1/2）"
    assert found.in_time.text == "100.0%（1/1）"


# ── publishing ───────────────────────────────────────────────────────────────────────────────────────────────────────


def proposed(letter, audit, **other):
    words = {
        "title": "新生儿户口登记需要的材料",
        "question": f"在外地出生的孩子，{NAME}问怎样办理户口登记？",
        "answer": "请带出生医学证明和户口簿，到户籍所在地派出所办理。",
    }
    return publishing.propose(audit=audit, letter=letter, **(words | other))


def test_nothing_is_public_before_another_person_passed_it(answered, hands, county):
    letter = answered()
    assert public.answers(county.pk) == ([], 0)
    row = proposed(letter, hands[0])
    assert row.question == "在外地出生的孩子，来信人问怎样办理户口登记？"
    assert public.answers(county.pk) == ([], 0)
    with pytest.raises(Refused, match="应当由另一人审核"):
        publishing.publish(audit=hands[0], letter=letter)
    publishing.publish(audit=hands[1], letter=letter)
    found, count = public.answers(county.pk, words="户口 派出所")
    assert count == 1
    assert found[0].title == "新生儿户口登记需要的材料"
    assert public.answers(county.pk, words="社保")[1] == 0
    publishing.withdraw(audit=hands[1], letter=letter, reason="政策已经调整")
    assert public.answers(county.pk) == ([], 0)
    assert public.answer(county.pk, found[0].key) is None
    assert not PublicAnswer.objects.exists()


@pytest.mark.parametrize("words", ["（一）", "(一)户口", "ETC", "etc", "ＥＴＣ", "戶口簿", "户口簿,复印"])
def test_published_answers_are_found_in_whatever_width_and_case_they_are_asked_for(answered, hands, county, words):
    letter = answered()
    proposed(letter, hands[0], answer="办理ETC的，带以下材料：（一）户口簿，复印件。")
    publishing.publish(audit=hands[1], letter=letter)
    assert public.answers(county.pk, words=words)[1] == 1
    assert public.answers(county.pk, words=f"{words} 社保")[1] == 0


def test_what_the_check_found_waits_for_a_person(answered, hands, county):
    letter = answered()
    row = proposed(letter, hands[0], answer="请联系窗口，身份证号110101199003074514的请先更正。")
    assert "110101199003074514" not in row.answer
    publishing.give_back(audit=hands[1], letter=letter, reason="不要写证件号码")
    row = proposed(letter, hands[0], answer="请联系张某，家住云岭县石桥镇青年路18号3单元501室。")
    waiting = [hint for hint in hints(row.pk) if hint.open]
    assert waiting
    with pytest.raises(Refused, match="处提示没有判断"):
        publishing.publish(audit=hands[1], letter=letter)
    for hint in waiting:
        decide_hint(audit=hands[1], subject=row.pk, sha256=hint.sha256, fingerprint=hint.fingerprint, verdict="keep")
    publishing.publish(audit=hands[1], letter=letter)
    assert public.answers(county.pk)[1] == 1


def test_who_did_not_agree_is_not_published(answered, written, hands):
    letter = answered(may_publish=False)
    with pytest.raises(Refused, match="没有同意公开"):
        proposed(letter, hands[0])
    with pytest.raises(Refused, match="答复以后才能公开"):
        proposed(written(once="c").letter, hands[0])


def test_lists_show_what_is_due_first_and_what_waits_for_three_months(written, county, clock):
    late, soon = written(once="1").letter, written(once="2", kind="suggestion").letter
    assert [line.key for line in desk.letters(county.pk, None, "open")] == [late.pk, soon.pk]
    assert desk.too_long(county.pk, None) == []
    clock.now += timedelta(days=92)
    assert [line.key for line in desk.too_long(county.pk, None)] == []
    clock.now += timedelta(days=1)
    assert {line.key for line in desk.too_long(county.pk, None)} == {late.pk, soon.pk}


def test_every_act_leaves_its_audit_row(answered):
    answered()
    written_down = [entry for entry in Entry.objects.order_by("id") if entry.act.startswith("interaction.")]
    assert [entry.act.partition(".")[2] for entry in written_down] == [
        "register", "received", "routed", "submitted", "answered",
    ]  # fmt: skip


@given(st.dates(date(2019, 1, 1), date(2035, 12, 31)), st.integers(0, 30))
def test_months_on_it_is_the_same_day_or_the_last(day, months):
    then = months_after(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day == day.day or (then.day < day.day and (then + timedelta(days=1)).day == 1)


def test_those_who_hold_a_letter_are_reminded_by_its_number_alone(written, audit, organ, clock):
    for keeper, box in (
        (organ, "ga@yunling.example.cn"),
        (organ.__class__.objects.get(competent=True), "b@x.example.cn"),
    ):
        set_value(audit=audit, key=MAILBOX, value=box, valid_from=date(2026, 1, 1), organ=keeper.pk)
    letter = written().letter
    assert remind(audit=audit, today=date(2026, 3, 4)) == 0
    assert remind(audit=audit, today=date(2026, 3, 5)) == 1  # two working days before Monday 9 March
    acts.route(audit=audit, letter=letter, organ=organ)
    assert remind(audit=audit, today=date(2026, 3, 10)) == 1
    assert remind(audit=audit, today=date(2026, 3, 11)) == 1
    rows = list(Message.objects.order_by("id"))
    assert [(row.template, row.fields) for row in rows] == [
        ("desk.due_soon", {"number": letter.number}),
        ("desk.overdue", {"number": letter.number}),
    ]


def test_days_of_letters_that_wait_follow_what_is_set_later(written, audit, county):
    letter = written().letter
    set_days(audit=audit, days={"question": 1}, valid_from=date(2026, 3, 1))
    assert renew_open(county.pk) == 1
    assert LetterStanding.objects.get(letter=letter).due_on == date(2026, 3, 3)
