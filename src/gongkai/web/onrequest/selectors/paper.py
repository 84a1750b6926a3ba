"""The paper of a case, filled in: sheets to sign, receipts, labels, cover and table of contents. Printing is on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.documents import approval, case_file
from gongkai.documents.letters import letter_pdf
from gongkai.documents.sheets import Line, Sheet, labelled, opinion
from gongkai.onrequest.applicants import APPLICANT_KINDS, IDENTITY_KINDS, ApplicantKind, IdentityKind
from gongkai.onrequest.letters import letter_type
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.onrequest import lettertext, personal
from gongkai.web.onrequest.models import (
    Application,
    Attachment,
    Case,
    CaseEvent,
    Consultation,
    Delivery,
    Letter,
    LetterStep,
)
from gongkai.web.onrequest.selectors.archive import Piece, pieces, suggested
from gongkai.web.onrequest.selectors.facts import applicant_of, standing_of
from gongkai.web.onrequest.selectors.letterpage import printable
from gongkai.web.onrequest.services.redaction import page_sizes
from gongkai.web.people.selectors import names_of

OF_CASE = {
    "registration": "申请登记表",
    "receipt": "接收回执",
    "envelope": "信封标签",
    "cover": "案卷封面",
    "contents": "卷内目录",
}
OF_LETTER = {"approval": "呈批单", "delivery": "送达回证", "envelope": "信封标签", "opinion": "意见回执"}
ASKING = ("third_party_consult", "joint_consult", "organ_consult")
"""The letters that an opinion slip goes with."""

_PERSONAL = ("name", "identity", "phone", "email", "address", "agent")
_PAGED = ("application/pdf",)


def _case(application: Application) -> approval.Case:
    """What the sheets of a case print, opened."""
    applicant, standing = applicant_of(application), standing_of(application)
    told = personal.revealed(applicant, *_PERSONAL)
    organ = application.organ
    handler = Case.objects.values_list("handler", flat=True).get(application=application)
    paper = IDENTITY_KINDS[IdentityKind(applicant.identity_kind)] if applicant.identity_kind else ""
    received = CaseEvent.objects.filter(application=application).order_by("id")[0]
    files = Attachment.objects.filter(
        application=application, file__isolated=False, role__in=("application_scan", "identity_proof", "attachment")
    )
    return approval.Case(
        organ=organ.name,
        number=application.number,
        applicant=told["name"],
        applicant_kind=APPLICANT_KINDS[ApplicantKind(applicant.kind)],
        channel=application.get_channel_display(),
        content=personal.reveal(application, "content"),
        received_on=standing.received_on,
        due_on=standing.clock.due_on,
        registered_on=timezone.localdate(application.recorded_at),
        handler=names_of([handler]).get(handler, "") if handler else names_of([received.by]).get(received.by, ""),
        identity="　".join(filter(None, (paper, told["identity"]))),
        phone=told["phone"],
        address=told["address"],
        email=told["email"],
        agent=told["agent"],
        provision=application.get_provision_display(),
        manner=application.get_manner_display(),
        materials=tuple(row.file.plain_name for row in files.select_related("file").order_by("id")),
        query_code=personal.reveal(application, "query_code"),
        contact=lettertext.contact_of(organ),
    )


def _pages(piece: Piece) -> int:
    """How many pages a paper of the file has; 1 for what has none."""
    if piece.letter is not None:
        import pypdfium2

        with pypdfium2.PdfDocument(letter_pdf(printable(piece.letter, timezone.localdate())).data) as document:
            return len(document)
    row = Attachment.objects.filter(file=piece.file).select_related("file").order_by("id").first()
    if row is None or row.file.media_type not in _PAGED:
        return 1
    try:
        return len(page_sizes(row))
    except (Refused, FileNotFoundError):
        return 1


def _papers(application: Application) -> list[case_file.Paper]:
    organ, applicant = application.organ.name, personal.reveal(applicant_of(application), "name")
    found = []
    for piece in pieces(application):
        if piece.letter is not None:
            found.append(
                case_file.Paper(
                    letter_type(piece.letter.kind).zh, piece.letter.number, organ, piece.letter.signed_on, _pages(piece)
                )
            )
            continue
        row = Attachment.objects.filter(application=application, file=piece.file).order_by("id")[0]
        ours = row.by is not None and row.role not in ("application_scan", "identity_proof", "attachment", "supplement")
        day = timezone.localdate(row.recorded_at)
        found.append(case_file.Paper(piece.title, "", organ if ours else applicant, day, _pages(piece)))
    return found


def _cover(application: Application) -> Sheet:
    standing, papers = standing_of(application), _papers(application)
    return case_file.file_cover(
        application.organ.name,
        title=f"{application.subject}（政府信息公开申请）",
        number=application.number,
        year=standing.received_on.year,
        retention=suggested(application, timezone.localdate()).period,
        began_on=standing.received_on,
        ended_on=standing.closed_on or standing.delivered_on,
        papers=len(papers),
        pages=sum(paper.pages for paper in papers),
    )


def _envelope(case: approval.Case, application: Application, contents: str, mail_number: str = "") -> Sheet:
    organ = application.organ
    return approval.envelope_label(case, sender_address=organ.address, contents=contents, mail_number=mail_number)


_CASE_SHEETS: dict[str, Callable[[Application], Sheet]] = {
    "registration": lambda application: approval.registration_form(_case(application)),
    "receipt": lambda application: approval.receipt_slip(_case(application)),
    "envelope": lambda application: _envelope(_case(application), application, ""),
    "cover": _cover,
    "contents": lambda application: case_file.contents_table(
        application.organ.name, application.number, _papers(application)
    ),
}


def case_sheet(*, audit: Audit, application: Application, kind: str) -> Sheet:
    """A sheet of a case; that it was printed with the applicant's data is written first. KeyError for no such sheet."""
    make = _CASE_SHEETS[kind]
    with transaction.atomic():
        audit.record("onrequest.print_sheet", application, {"sheet": kind})
    return make(application)


def _addressee(letter: Letter) -> approval.Case:
    """The sheets of a letter name whom it goes to: the applicant, or the party that it asks."""
    from dataclasses import replace

    case = _case(letter.application)
    party = Consultation.objects.filter(pk=letter.about).first() if letter.about else None
    if party is None:
        return case
    return replace(
        case, applicant=personal.reveal(party, "party"), address=personal.reveal(party, "contact"), phone="", agent=""
    )


def _approval(letter: Letter) -> Sheet:
    name = letter_type(letter.kind).zh
    text = lettertext.composed(letter, lettertext.loaded(lettertext.current(letter)), on=_day(letter))
    said = LetterStep.objects.filter(letter=letter, step="submitted").order_by("-id").first()
    proposal = personal.reveal(said, "opinion") if said else ""
    decided = f"拟办理结果：{text.title}。" if letter.decision else ""
    return approval.approval_sheet(
        _case(letter.application), letter=name, letter_number=letter.number, proposal=f"{decided}{proposal}"
    )


def _day(letter: Letter) -> date:
    return letter.signed_on or timezone.localdate()


def _last_mail(letter: Letter) -> tuple[str, str]:
    row = Delivery.objects.filter(letter=letter).order_by("-id").first()
    return (row.get_manner_display(), personal.reveal(row, "mail_number")) if row else ("", "")


def _delivery(letter: Letter) -> Sheet:
    manner, mail_number = _last_mail(letter)
    return approval.delivery_receipt(
        _addressee(letter),
        letters=((letter_type(letter.kind).zh, letter.number),),
        manner=manner,
        mail_number=mail_number,
    )


def _opinion(letter: Letter) -> Sheet:
    """意见回执: goes with the letter that asks, and comes back filled in; the applicant is not named on it."""
    party = Consultation.objects.filter(pk=letter.about).first() if letter.about else None
    text = lettertext.loaded(lettertext.current(letter)).fields
    kind = letter_type(letter.kind).zh
    return Sheet(
        "征求意见回执",
        (22, 78),
        (
            Line(labelled("征询文书", f"{kind}　{letter.number}".rstrip("　"))),
            Line(labelled("被征求意见人", personal.reveal(party, "party") if party else text.get("receiver", ""))),
            Line(labelled("所涉政府信息", text.get("information", "")), 40),
            Line(labelled("收到日期", "　　　　年　　月　　日")),
            Line(labelled("意见", "□ 同意公开　　□ 不同意公开　　□ 同意部分公开"), 16),
            Line(labelled("不同意公开的内容和理由", ""), 70),
            opinion("签名或者盖章", 2, 30),
        ),
        organ=letter.organ.name,
        code=letter.application.number,
        notes=("请填写后送交或者寄回发出征询文书的机关。",),
    )


def _letter_envelope(letter: Letter) -> Sheet:
    contents = "　".join(filter(None, (letter_type(letter.kind).zh, letter.number)))
    return _envelope(_addressee(letter), letter.application, contents, _last_mail(letter)[1])


_LETTER_SHEETS: dict[str, Callable[[Letter], Sheet]] = {
    "approval": _approval,
    "delivery": _delivery,
    "envelope": _letter_envelope,
    "opinion": _opinion,
}


def sheets_of(letter: Letter) -> list[tuple[str, str]]:
    """The sheets that a letter can be printed with."""
    return [(key, zh) for key, zh in OF_LETTER.items() if key != "opinion" or letter.kind in ASKING]


def letter_sheet(*, audit: Audit, letter: Letter, kind: str) -> Sheet:
    """A sheet of a letter; that it was printed is written first. KeyError for no such sheet."""
    make = _LETTER_SHEETS[kind]
    with transaction.atomic():
        audit.record("onrequest.print_sheet", letter, {"sheet": kind})
    return make(letter)
