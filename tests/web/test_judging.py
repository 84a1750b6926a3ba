"""Findings confirmed and dismissed, cells corrected: added to, never changed, and kept when rules change."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.annual.report import Cell, Report, Source, Unsure
from gongkai.web.annual.effective import Correction, effective, number_of
from gongkai.web.annual.models import CellCorrection, Checking, JudgementOfFinding
from gongkai.web.annual.selectors.readings import read_of
from gongkai.web.annual.selectors.reports import report_view
from gongkai.web.annual.services import checking as checking_services
from gongkai.web.annual.services.judging import correct, judge
from gongkai.web.facts import Refused

WRONG = "applications.concluded.natural_person"


def conflict_of(submission):
    return next(f for f in Checking.objects.get(submission=submission).findings if f["grade"] == "conflict")


def test_a_dismissed_finding_no_longer_counts_but_stays_to_be_seen(handed_in, audit):
    submission = handed_in("云岭县教育局", 2025)
    before = Checking.objects.get(submission=submission).conflicts
    finding = conflict_of(submission)
    judge(
        audit=audit,
        submission=submission,
        fingerprint=finding["fingerprint"],
        verdict="dismissed",
        reason="原件如此，已核实",
    )
    after = Checking.objects.get(submission=submission)
    assert (before, after.conflicts, after.judged) == (1, 0, 1)
    view = report_view(submission)
    shown = next(f for f in view.findings if f.fingerprint == finding["fingerprint"])
    assert shown.dismissed
    assert shown.judgement.reason == "原件如此，已核实"
    assert view.findings[-1] == shown
    assert view.cells[WRONG].mark != "conflict"


def test_a_confirmed_finding_still_counts(handed_in, audit):
    submission = handed_in("云岭县教育局", 2025)
    judge(
        audit=audit,
        submission=submission,
        fingerprint=conflict_of(submission)["fingerprint"],
        verdict="confirmed",
        reason="已电话告知",
    )
    assert Checking.objects.get(submission=submission).conflicts == 1


def test_the_newest_judgement_counts_and_the_older_ones_are_kept(handed_in, audit):
    submission = handed_in("云岭县教育局", 2025)
    print_ = conflict_of(submission)["fingerprint"]
    for verdict, reason in (("dismissed", "看错了"), ("withdrawn", ""), ("confirmed", "确有出入")):
        judge(audit=audit, submission=submission, fingerprint=print_, verdict=verdict, reason=reason)
    assert JudgementOfFinding.objects.count() == 3
    shown = next(f for f in report_view(submission).findings if f.fingerprint == print_)
    assert shown.judgement.verdict == "confirmed"
    assert [j.verdict for j in shown.history] == ["dismissed", "withdrawn", "confirmed"]


def test_a_judgement_is_kept_when_the_rules_change(handed_in, audit, monkeypatch):
    submission = handed_in("云岭县教育局", 2025)
    print_ = conflict_of(submission)["fingerprint"]
    judge(audit=audit, submission=submission, fingerprint=print_, verdict="dismissed", reason="已核实")
    old = Checking.objects.get(submission=submission).key
    monkeypatch.setattr(checking_services, "rules_version", lambda: "9999")
    view = report_view(submission)
    assert Checking.objects.get(submission=submission).key != old
    assert next(f for f in view.findings if f.fingerprint == print_).dismissed
    assert Checking.objects.get(submission=submission).conflicts == 0


def test_new_rules_are_applied_to_every_report_when_the_desk_starts(handed_in, monkeypatch):
    from gongkai.web.annual.desk import check_all_again

    handed_in("云岭县公安局", 2025)
    old = Checking.objects.get().key
    assert check_all_again() == 1
    assert Checking.objects.get().key == old, "the same rules need no new check"
    monkeypatch.setattr(checking_services, "rules_version", lambda: "9999")
    check_all_again()
    assert Checking.objects.get().key != old
    Checking.objects.all().delete()
    check_all_again()
    assert Checking.objects.get().conflicts == 1


@pytest.mark.parametrize(
    ("verdict", "reason", "says"),
    [
        ("dismissed", "", "请写明理由"),
        ("confirmed", " ", "请写明理由"),
        ("dismissed", "长" * 501, "最多500字"),
        ("burned", "如此", "请选择"),
    ],
)
def test_a_judgement_without_reason_or_verdict_is_refused(handed_in, audit, verdict, reason, says):
    submission = handed_in("云岭县教育局", 2025)
    with pytest.raises(Refused, match=says):
        judge(
            audit=audit,
            submission=submission,
            fingerprint=conflict_of(submission)["fingerprint"],
            verdict=verdict,
            reason=reason,
        )
    assert not JudgementOfFinding.objects.exists()


def test_a_finding_that_is_not_there_cannot_be_judged(handed_in, audit):
    with pytest.raises(Refused, match="没有找到这个问题"):
        judge(audit=audit, submission=handed_in(), fingerprint="0" * 20, verdict="confirmed", reason="如此")


def test_a_correction_is_checked_at_once_and_the_original_is_kept(handed_in, audit):
    submission = handed_in("云岭县教育局", 2025)
    correct(audit=audit, submission=submission, address=WRONG, action="value", value="6", reason="与登记台账核对")
    correct(
        audit=audit,
        submission=submission,
        address="applications.concluded.total",
        action="value",
        value="7",
        reason="与登记台账核对",
    )
    view = report_view(submission)
    assert not [f for f in view.findings if f.grade == "conflict"]
    assert view.report.cells[WRONG].value == 6
    assert view.report.cells[WRONG].proof == "person"
    assert view.read.original.cells[WRONG].value == 7
    assert (view.cells[WRONG].mark, view.cells[WRONG].original) == ("person", "7")


def test_going_back_to_what_was_read(handed_in, audit):
    submission = handed_in("云岭县教育局", 2025)
    for action, value in (("value", "6"), ("blank", ""), ("original", "")):
        correct(audit=audit, submission=submission, address=WRONG, action=action, value=value, reason="核对")
    assert read_of(submission).report.cells[WRONG].value == 7
    assert read_of(submission).report.cells[WRONG].proof == "read"
    assert CellCorrection.objects.count() == 3


def test_a_correction_of_last_year_is_seen_by_the_report_of_this_year(handed_in, audit):
    before, now = handed_in("云岭县教育局", 2024), handed_in("云岭县教育局", 2025)
    assert any(f["id"] == "X-CARRIED" for f in Checking.objects.get(submission=now).findings)
    for address in ("applications.carried_forward.natural_person", "applications.carried_forward.total"):
        correct(audit=audit, submission=before, address=address, action="value", value="0", reason="与台账核对")
    assert not any(f["id"] == "X-CARRIED" for f in Checking.objects.get(submission=now).findings)


NUMBERS = [
    ("applications.received.total", "12", 12),
    ("applications.received.total", " １２ ", 12),
    ("applications.received.total", "1,234", 1234),
    ("proactive.charges.amount", "16.31", Decimal("16.31")),
    ("proactive.charges.amount", "16.00", 16),
    ("proactive.licences.change", "-4", -4),
]
NO_NUMBERS = [
    ("applications.received.total", "", "不是数字"),
    ("applications.received.total", "十二", "不是数字"),
    ("applications.received.total", "-1", "不能为负数"),
    ("applications.received.total", "1.5", "应为整数"),
    ("applications.received.total", "NaN", "不可能"),
    ("applications.received.total", "Infinity", "不可能"),
    ("applications.received.total", "1e30", "太大"),
    ("proactive.charges.amount", "-0.5", "不能为负数"),
    ("proactive.charges.amount", "0.12345678", "六位小数"),
    ("proactive.licences.change", "0.5", "应为整数"),
]


@pytest.mark.parametrize(("address", "typed", "value"), NUMBERS)
def test_a_number_that_a_cell_can_hold(address, typed, value):
    assert number_of(address, typed) == value


@pytest.mark.parametrize(("address", "typed", "says"), NO_NUMBERS)
def test_a_number_that_a_cell_cannot_hold(address, typed, says):
    with pytest.raises(Refused, match=says):
        number_of(address, typed)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"address": "applications.nowhere.total"}, "没有这个单元格"),
        ({"action": "burn"}, "请选择"),
        ({"reason": ""}, "请写明理由"),
    ],
)
def test_a_correction_that_is_refused(handed_in, audit, change, says):
    wanted = {"address": WRONG, "action": "value", "value": "6", "reason": "核对", **change}
    with pytest.raises(Refused, match=says):
        correct(audit=audit, submission=handed_in(), **wanted)
    assert not CellCorrection.objects.exists()


def test_corrections_lie_over_the_reading_without_changing_it():
    report = Report(
        Source("a", "txt"),
        edition="2021",
        cells={"applications.received.total": Cell(3, "3")},
        blank=("applications.concluded.total",),
        unsure=(Unsure("applications.carried_forward.total", "1 2", "两种可能"),),
    )
    after = effective(
        report,
        {
            "applications.received.total": Correction("blank", "", "原件空白"),
            "applications.concluded.total": Correction("value", "4", "原件为4"),
            "applications.carried_forward.total": Correction("value", "1", "原件为1"),
            "applications.received.enterprise": Correction("original"),
        },
    )
    assert after.blank == ("applications.received.total",)
    assert {a: c.value for a, c in after.cells.items()} == {
        "applications.concluded.total": 4,
        "applications.carried_forward.total": 1,
    }
    assert after.unsure == ()
    assert report.cells["applications.received.total"].value == 3
    assert effective(report, {}) is report
