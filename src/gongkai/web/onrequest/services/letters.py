"""A letter from draft to number: each step by another person, on screen or on paper, and each leaves its row."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.onrequest.decisions import decision, decisions
from gongkai.onrequest.letters import letter_type, letter_types, missing_elements
from gongkai.onrequest.procedure import Act
from gongkai.onrequest.remedies import OrganKind
from gongkai.onrequest.remedy_check import Fault, check_remedy
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.failpoints import failpoint
from gongkai.web.files.models import StoredFile
from gongkai.web.onrequest import lettertext, personal
from gongkai.web.onrequest.lettertext import Text
from gongkai.web.onrequest.models import Application, Letter, LetterStep, LetterVersion, Number, SealUse
from gongkai.web.onrequest.selectors.casefacts import case_facts
from gongkai.web.onrequest.selectors.evidence import fields_from_evidence
from gongkai.web.onrequest.selectors.released import released_files
from gongkai.web.onrequest.services import numbers
from gongkai.web.onrequest.services.acts import perform, possible
from gongkai.web.onrequest.services.attachments import Upload, kept_for
from gongkai.web.onrequest.services.facts import Overtaken
from gongkai.web.onrequest.services.letterstages import (
    BECOMES,
    EDITABLE,
    NOT_YET,
    OF_APPLICANT,
    PROVIDES,
    WITH_SLIP,
    apart,
)
from gongkai.web.typed import check_come


def kinds() -> dict[str, str]:
    """The documents that a clerk may draft, by key."""
    return {key: kind.zh for key, kind in letter_types().items() if kind.kind == "letter"}


def draft(
    *,
    audit: Audit,
    application: Application,
    kind: str = "",
    code: str = "",
    parts: tuple[str, ...] = (),
    fields: dict[str, Any] | None = None,
    facts: dict[str, Any] | None = None,
    about: uuid.UUID | None = None,
) -> Letter:
    """Begin a letter, filled from the case: of a kind, or the reply of a decision. Refused for one that does not exist.

    `about` binds it to a consultation. A reply that provides information names the files released for it.
    """
    if code and code not in decisions():
        raise Refused("请选择处理决定。")
    kind = decision(code).letter if code else kind
    if kind not in letter_types():
        raise Refused("请选择文书的种类。")
    key, version = new_key(), new_key()
    from_case = lettertext.fields_from_case(application)
    if about is not None:
        from_case = {name: value for name, value in from_case.items() if name not in OF_APPLICANT}
    names = tuple(row.file.plain_name for row in released_files(application)) if code in PROVIDES else ()
    attached = ("意见回执",) if kind in WITH_SLIP else names
    from_case |= fields_from_evidence(application, kind) if code else {}
    text = Text(fields=lettertext.told(from_case | (fields or {})), attachments=attached)
    with transaction.atomic():
        row = Letter.objects.create(
            id=key,
            county=application.county,
            application=application,
            organ=application.organ,
            kind=kind,
            decision=code,
            about=about,
            parts=list(parts),
            facts=facts or {},
        )
        _write_version(audit, row, text, version)
        audit.record("onrequest.draft_letter", row, {"kind": kind, "decision": code})
    return row


def _write_version(audit: Audit, letter: Letter, text: Text, key: Any = None) -> LetterVersion:
    key = key or new_key()
    return LetterVersion.objects.create(
        id=key,
        county=letter.county,
        letter=letter,
        by=audit.actor,
        **personal.keep(LetterVersion, key, text=text.dumped()),
    )


def _locked(letter: Letter, seen: int | None) -> Letter:
    row = Letter.objects.select_for_update().select_related("application__organ", "organ").get(pk=letter.pk)
    if seen is not None and row.revision != seen:
        raise Overtaken("这份文书刚刚有人改过或者办理过。请核对最新内容后再办；您填写的内容仍保留在页面上。")
    return row


def edit(
    *, audit: Audit, letter: Letter, text: Text, seen: int | None = None, facts: dict[str, Any] | None = None
) -> LetterVersion:
    """Keep a new version of the text. Refused once the letter is under review, Overtaken when someone else wrote first."""
    with transaction.atomic():
        row = _locked(letter, seen)
        if row.status not in EDITABLE:
            raise Refused(f"文书现为“{row.get_status_display()}”，不能再修改。需要修改的，请先退回。")
        version = _write_version(audit, row, text)
        if facts is not None:
            # A letter bound to a consultation keeps the name under which the clock knows that one.
            bound = {"matter": row.facts["matter"]} if row.about and "matter" in row.facts else {}
            row.facts = facts | bound
        row.revision += 1
        row.save(update_fields=["revision", "facts"])
        audit.record("onrequest.edit_letter", row, {"version": str(version.pk)})
    return version


def _step(
    audit: Audit,
    letter: Letter,
    step: str,
    on: date,
    *,
    opinion: str = "",
    paper: StoredFile | None = None,
    exception: str = "",
) -> LetterStep:
    """The row of a step and the status that follows; inside the caller's transaction."""
    check_come(on)
    key = new_key()
    row = LetterStep.objects.create(
        id=key,
        county=letter.county,
        letter=letter,
        version=lettertext.current(letter),
        step=step,
        on=on,
        paper=paper,
        exception=exception,
        by=audit.actor,
        **personal.keep(LetterStep, key, opinion=opinion.strip()),
    )
    letter.status = BECOMES.get(step, letter.status)
    letter.revision += 1
    letter.save(update_fields=["status", "revision", "number", "signed_on"])
    audit.record(f"onrequest.letter_{step}", letter, {"step": str(key), "on": str(on), "paper": paper is not None})
    return row


def _expect(letter: Letter, step: str) -> None:
    if letter.status not in NOT_YET[step]:
        raise Refused(f"文书现为“{letter.get_status_display()}”，不能办理这一步。请刷新页面核对最新情况。")


def submit(
    *, audit: Audit, letter: Letter, seen: int | None = None, opinion: str = "", on: date | None = None
) -> LetterStep:
    """Send a letter for review. A reply tells the procedure which decision is proposed."""
    on = on or timezone.localdate()
    with transaction.atomic():
        row = _locked(letter, seen)
        _expect(row, "submitted")
        version = lettertext.current(row)
        lacking = missing_elements(row.kind, lettertext.values(lettertext.loaded(version).fields))
        if lacking and not lettertext.loaded(version).paragraphs:
            from gongkai.onrequest.letters import field_names

            raise Refused(f"还有没有填写的内容：{'、'.join(field_names()[name] for name in lacking)}。")
        if row.decision:
            perform(audit=audit, application=row.application, act=Act.SUBMIT, on=on, decision=row.decision)
        step = _step(audit, row, "submitted", on, opinion=opinion)
        if not letter_type(row.kind).approval:
            row.status = "approved"
            row.save(update_fields=["status"])
    return step


def review(
    *,
    audit: Audit,
    letter: Letter,
    on: date | None = None,
    seen: int | None = None,
    opinion: str = "",
    scan: Upload | None = None,
) -> LetterStep:
    """Pass the letter on to who approves, on screen or on paper (then with the scan). Refused to whoever wrote it."""
    return _passed(audit, letter, "reviewed", on or timezone.localdate(), seen, opinion, scan)


def approve(
    *,
    audit: Audit,
    letter: Letter,
    on: date,
    seen: int | None = None,
    opinion: str = "",
    scan: Upload | None = None,
) -> LetterStep:
    """Approve the letter, on screen or on paper (then with the scan of the sheet). Refused to who wrote or reviewed it."""
    return _passed(audit, letter, "approved", on, seen, opinion, scan)


def _passed(
    audit: Audit, letter: Letter, step: str, on: date, seen: int | None, opinion: str, scan: Upload | None
) -> LetterStep:
    with transaction.atomic():
        row = _locked(letter, seen)
        _expect(row, step)
        excused = "" if scan else apart(row, lettertext.current(row), audit)
        return _step(
            audit,
            row,
            step,
            on,
            opinion=opinion,
            paper=kept_for(row, scan, "paper_decision", audit=audit),
            exception=excused,
        )


def send_back(*, audit: Audit, letter: Letter, opinion: str, seen: int | None = None) -> LetterStep:
    """Give a letter back to who wrote it, with a reason."""
    if not opinion.strip():
        raise Refused("请写明退回的原因。")
    with transaction.atomic():
        row = _locked(letter, seen)
        if row.status not in ("for_review", "for_approval", "approved"):
            raise Refused(f"文书现为“{row.get_status_display()}”，不能退回。")
        if row.decision:
            perform(audit=audit, application=row.application, act=Act.RETURN, on=timezone.localdate())
        return _step(audit, row, "returned", timezone.localdate(), opinion=opinion)


def faults(letter: Letter, on: date) -> list[Fault]:
    """What the remedy text of a reply says that the law does not bear, and what it lacks."""
    if not letter.decision:
        return []
    text = lettertext.composed(letter, lettertext.loaded(lettertext.current(letter)), on=on)
    setting = lettertext.organ_setting(letter.organ, on)
    return list(
        check_remedy(
            "\n".join(text.remedy),
            letter.decision,
            on,
            OrganKind(setting.kind),
            settings=lettertext.remedy_settings(letter.organ, on),
        )
    )


def before_signing(letter: Letter, on: date) -> tuple[list[str], list[str]]:
    """(what forbids signing, what a person should know first): evidence, remedy, ground, day."""
    found = faults(letter, on)
    forbids = [fault.says for fault in found if fault.grade == "error"]
    warns = [fault.says for fault in found if fault.grade == "warning"]
    if letter.decision:
        may = possible(letter.application, Act.DECIDE, on)
        if not may.allowed:
            forbids.append(may.reason)
        warns += may.warnings
    return forbids, warns


def sign(
    *,
    audit: Audit,
    letter: Letter,
    on: date,
    seen: int | None = None,
    opinion: str = "",
    by_hand: int | None = None,
    scan: Upload | None = None,
    late_reason: str = "",
) -> LetterStep:
    """Sign: the number is taken, the text is fixed, and a reply becomes the decision of the case, all or nothing.

    A late answer needs a reason and is never blocked.
    """
    with transaction.atomic():
        row = _locked(letter, seen)
        _expect(row, "signed")
        forbids, _ = before_signing(row, on)
        if forbids:
            raise Refused("".join(forbids))
        due = case_facts(row.application, on).due_on
        if row.decision and due and on > due and not late_reason.strip():
            raise Refused(f"答复期限已于{due:%Y年%-m月%-d日}届满，请写明逾期的原因后再签发。")
        excused = "" if scan else apart(row, lettertext.current(row), audit)
        paper = kept_for(row, scan, "paper_decision", audit=audit)
        row.signed_on = on
        number = _number(audit, row, on, by_hand)
        row.number = number.text if number else ""
        failpoint("letters.number_taken")
        step = _step(audit, row, "signed", on, opinion=opinion, paper=paper, exception=excused)
        if row.decision:
            perform(
                audit=audit,
                application=row.application,
                act=Act.DECIDE,
                on=on,
                decision=row.decision,
                reason=late_reason,
            )
        failpoint("letters.before_commit")
    failpoint("letters.signed")
    return step


def _number(audit: Audit, letter: Letter, on: date, by_hand: int | None) -> Number | None:
    series, text = lettertext.number_pattern(letter, on.year)
    if not series:
        return None
    taking: dict[str, Any] = {
        "audit": audit,
        "organ": letter.organ,
        "series": series,
        "year": on.year,
        "text": text,
        "letter": letter.pk,
    }
    return numbers.take_by_hand(value=by_hand, **taking) if by_hand else numbers.take(**taking)


def put_seal(
    *,
    audit: Audit,
    letter: Letter,
    on: date,
    seal: str,
    copies: int = 1,
    scan: Upload | None = None,
    seen: int | None = None,
) -> SealUse:
    """Enter the seal register. The stamped scan is what is delivered and archived."""
    if not seal.strip():
        raise Refused("请写明用的是哪一枚印章。")
    with transaction.atomic():
        row = _locked(letter, seen)
        _expect(row, "sealed")
        if on < (row.signed_on or on):
            raise Refused("用印日期不能早于签发日期，请核对。")
        stored = kept_for(row, scan, "stamped_scan", audit=audit)
        use = SealUse.objects.create(
            county=row.county,
            letter=row,
            organ=row.organ,
            seal=seal.strip(),
            on=on,
            copies=max(copies, 1),
            scan=stored,
            by=audit.actor,
        )
        failpoint("letters.seal_entered")
        audit.record("onrequest.use_seal", use, {"letter": str(row.pk), "copies": use.copies})
        _step(audit, row, "sealed", on)
    return use


def void(*, audit: Audit, letter: Letter, reason: str, seen: int | None = None) -> LetterStep:
    """Say that a letter is not used; its number stays taken. Refused once it was sent."""
    if not reason.strip():
        raise Refused("请写明作废的原因。")
    with transaction.atomic():
        row = _locked(letter, seen)
        if row.status in ("sent", "delivered", "void"):
            raise Refused(f"文书现为“{row.get_status_display()}”，不能作废。")
        if row.decision and row.status in ("signed", "sealed"):
            raise Refused("答复已经签发。需要改正的，请先更正签发的记录，再作废。")
        if row.decision and row.status in ("for_review", "for_approval", "approved"):
            perform(audit=audit, application=row.application, act=Act.RETURN, on=timezone.localdate())
        number = Number.objects.filter(letter=row.pk, void=None).first()
        if number:
            numbers.void(audit=audit, number=number, reason=reason)
        return _step(audit, row, "voided", timezone.localdate(), opinion=reason)
