"""Whose report it is, and of which year: read from the document, or said by a person."""

from __future__ import annotations

import uuid

from django.db import transaction

from gongkai.annual.opening import scope_stated
from gongkai.annual.report import SCOPES, Report
from gongkai.web.annual.models import Placement, Submission
from gongkai.web.annual.selectors.readings import ever_told, newest_reading, read_report
from gongkai.web.annual.services.checking import check_again, followers
from gongkai.web.annual.services.intake import FIRST_YEAR
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.organs.models import County, Organ
from gongkai.web.organs.selectors import listed_organs, recognise
from gongkai.web.organs.selectors import organ as organ_of
from gongkai.web.organs.services import HOME_NAME, name_county, strike
from gongkai.web.proactive.tasks import ask_to_end
from gongkai.web.typed import whole_number


def _write(
    audit: Audit, submission: Submission, organ: Organ | None, year: int | None, way: str, scope: str = ""
) -> Placement:
    """The placement row, the columns that repeat it, and the audit row; inside the caller's transaction."""
    row = Placement.objects.create(
        county=submission.county, submission=submission, organ=organ, year=year, way=way, scope=scope, by=audit.actor
    )
    submission.organ, submission.year = organ, year
    submission.save(update_fields=["organ", "year", "name_read", "scope"])
    facts = {"organ": str(organ.pk) if organ else None, "year": year, "way": way}
    audit.record("annual.place", submission, facts | ({"scope": scope} if scope else {}))
    return row


def place_as_read(*, audit: Audit, submission: Submission, report: Report | None) -> None:
    """Place a submission by what its document says; a person's placement stays. Inside a transaction."""
    newest = submission.placements.order_by("-id").first()
    submission.name_read = (report.organ or "" if report else "")[:200]
    submission.scope = (scope_stated(report) if report else "") or submission.scope
    if newest and newest.way == "person":
        submission.save(update_fields=["name_read", "scope"])
        return
    county = County.objects.get(pk=submission.county)
    found = recognise(county, submission.name_read) if submission.name_read else None
    sure = found if found and found.way != "likeness" else None
    organ = organ_of(county.pk, uuid.UUID(str(sure.key))) if sure else None
    year = report.year if report else None
    way = sure.way if sure else "none"
    if newest is None or (newest.organ_id, newest.year) != (organ.pk if organ else None, year):
        _write(audit, submission, organ, year, way)
    else:
        submission.save(update_fields=["name_read", "scope"])


def scope_fixed(submission: Submission) -> str:
    """What the document itself, or whoever issued it here, says of its scope: no person says otherwise. Empty: nothing."""
    if not ever_told(submission):
        return submission.scope
    reading = newest_reading(submission)
    report = read_report(reading) if reading else None
    return scope_stated(report) if report else ""


def place(
    *, audit: Audit, submission: Submission, organ: uuid.UUID | None, year: str, scope: str | None = None
) -> Placement:
    """A person says whose report it is, of which year, and where no document says it of what its figures are.

    `scope` None leaves what was said of it before, empty takes it back. Refused for an unknown organ, an impossible
    year, and a scope other than the one that the document states.
    """
    found = organ_of(submission.county, organ) if organ else None
    if organ and found is None:
        raise Refused("名录中没有这个机关。请先在“机关名录”中添加。")
    number = None
    if year.strip():
        number = whole_number(year, 4)
        if number is None or not FIRST_YEAR <= number <= submission.received_on.year:
            raise Refused(f"年度应为{FIRST_YEAR}至{submission.received_on.year}之间的四位数字。")
    fixed = scope_fixed(submission)
    said = "" if fixed else submission.scope if scope is None else scope
    if scope and (scope not in SCOPES or (fixed and scope != fixed)):
        known = f"这份报告已经写明是{SCOPES[fixed]}的，不能另行指定。" if fixed else ""
        raise Refused(known or "请选择统计范围：本机关，或者全县汇总。")
    with transaction.atomic():
        before = followers(submission)
        submission.scope = fixed or said
        row = _write(audit, submission, found, number, "person", said)
    for each in {s.pk: s for s in (submission, *before, *followers(submission))}.values():
        check_again(each)
    return row


def place_all_again(*, audit: Audit, county: County) -> int:
    """After the list of organs changed: place again what no person placed. Returns how many found their organ."""
    found = 0
    for submission in Submission.objects.filter(county=county.pk, organ=None, aside=False).exclude(name_read=""):
        match = recognise(county, submission.name_read)
        if match is None or match.way == "likeness":
            continue
        with transaction.atomic():
            organ = organ_of(county.pk, uuid.UUID(str(match.key)))
            _write(audit, submission, organ, submission.year, match.way)
        for each in (submission, *followers(submission)):
            check_again(each)
        found += 1
    return found


def set_aside(*, audit: Audit, submission: Submission, aside: bool) -> None:
    """Take a report off the list, or put it back. Nothing is deleted."""
    with transaction.atomic():
        audit.record("annual.set_aside" if aside else "annual.take_back", submission, {})
        submission.aside = aside
        submission.save(update_fields=["aside"])
    for each in followers(submission):
        check_again(each)


def end_demonstration(*, audit: Audit, county: County) -> tuple[int, int]:
    """Set the invented reports aside and strike the organs that came with them. Returns how many of each.

    Organs listed later, and those with a report of one's own, stay on the list. The worker takes the invented entries of
    the catalogue back.
    """
    reports = list(Submission.objects.filter(county=county.pk, source="demo").order_by("id"))
    shown = [s for s in reports if not s.aside]
    if not reports:
        return 0, 0
    came = reports[0].batch.recorded_at
    own = set(Submission.objects.filter(county=county.pk).exclude(source="demo").values_list("organ_id", flat=True))
    invented = [o for o in listed_organs(county.pk) if o.recorded_at <= came and o.pk not in own]
    with transaction.atomic():
        for submission in shown:
            audit.record("annual.set_aside", submission, {})
        Submission.objects.filter(pk__in=[s.pk for s in shown]).update(aside=True)
        for organ in invented:
            strike(audit=audit, county=county, key=organ.pk)
        if invented and all(o.name.startswith(county.name) for o in invented):
            name_county(audit=audit, county=county, name=HOME_NAME)
        ask_to_end(audit)
    return len(shown), len(invented)
