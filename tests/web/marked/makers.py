"""For every address with something to fill in: a real object to fill in. Who adds such an address adds its line here."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone

from gongkai.onrequest.procedure import Act
from gongkai.proactive.coverage import Line
from gongkai.proactive.procedure import Act as Published
from gongkai.web.annual.desk import read_all
from gongkai.web.annual.models import Submission
from gongkai.web.annual.selectors.reports import report_view
from gongkai.web.annual.services.intake import Incoming, hand_in
from gongkai.web.assessment.policies import PERMISSION as ASSESSMENT_PERMISSION
from gongkai.web.audit import chain
from gongkai.web.audit.services import Audit
from gongkai.web.collection.services import templates
from gongkai.web.coverage.services import catalogues
from gongkai.web.demo.make import file_of
from gongkai.web.demo.reports import SAMPLES
from gongkai.web.exchange import sealing
from gongkai.web.exchange import services as exchange
from gongkai.web.exchange.models import Peer
from gongkai.web.narrative.services.writing import save as save_words
from gongkai.web.onrequest.models import Passing
from gongkai.web.onrequest.services import archive
from gongkai.web.onrequest.services.acts import perform
from gongkai.web.onrequest.services.attachments import Upload, attach
from gongkai.web.onrequest.services.intake import register
from gongkai.web.oversight.policies import NOTICE_PERMISSION, TRAINING_PERMISSION
from gongkai.web.oversight.policies import PERMISSION as DUTY_PERMISSION
from gongkai.web.patrol.models import Task
from gongkai.web.patrol.policies import PERMISSION as PATROL_PERMISSION
from gongkai.web.patrol.services import tasks as patrolled
from gongkai.web.patrol.services.intake import bring_in
from gongkai.web.people.models import Appointment, Person
from gongkai.web.proactive.policies import ACT_PERMISSION as ENTRY_PERMISSION
from gongkai.web.proactive.services import drafting, relations
from gongkai.web.registers.services.rows import enter
from gongkai.web.workbench.views.letters import PERMISSION as LETTER_STEPS
from gongkai.web.workbench.views.registers import KINDS
from gongkai.web.workbench.views.rules import OF_COUNTY, OF_ORGAN
from tests.documents.test_template import city_book
from tests.patrol.made import hit, result_of
from tests.web.marked.appraised import appraised
from tests.web.marked.assessed import assessed
from tests.web.marked.issued import issued
from tests.web.marked.office import TODAY, Office, incoming_of
from tests.web.marked.sites import site_keys
from tests.web.marked.supervised import supervised
from tests.web.marked.talk import talk

Place = dict[str, Any]
Maker = Callable[[dict[str, Any]], Iterable[Place]]


def complete(audit: Audit, office: Office, person: Person) -> None:
    """What lies beside the cases: a report with findings, packages, a closed case, a picture, a signed day."""
    keys = office.keys
    found = dataclasses.replace(next(s for s in SAMPLES if s.changed), format="pdf")
    hand_in(audit=audit, files=[Incoming(found.name, file_of(found))])
    read_all()
    report = Submission.objects.get(name=found.name)
    view = report_view(report)
    assert view is not None and view.findings
    keys |= {
        "report": report.pk,
        "batch": report.items.all()[0].batch_id,
        "cell": next(iter(view.cells)),
        "finding": view.findings[0].fingerprint,
    }
    peers = [_peer(audit, f"对端{n}") for n in "甲乙"]
    exchange.confirm_peer(audit=audit, peer=peers[0])
    keys |= {"package": exchange.export(audit=audit, peer=peers[0]).pk, "open_peer": peers[0].pk, "peer": peers[1].pk}
    withdrawn = register(audit=audit, incoming=incoming_of(office.organ, office.marks, files=())).application
    perform(audit=audit, application=withdrawn, act=Act.WITHDRAW, on=TODAY)
    keys["packed"] = archive.close(audit=audit, application=withdrawn, on=TODAY, retention="10年").pk
    keys["closed"] = withdrawn.pk
    picture = Upload("图.png", _picture(), "source")
    source = attach(audit=audit, application=office.case, file=picture)
    keys |= {"source": source.pk, "person": person.pk, "appointment": Appointment.objects.get(person=person).pk}
    entry = drafting.draft(audit=audit, organ=office.organ, content=_entry())
    keys |= {"entry": entry.pk, "entry_file": entry.versions.get().attachments.get().file_id}
    asked = relations.open_matter(audit=audit, item=entry, kind="consult", organ="云岭县教育局")
    scan = drafting.NewFile("复函.txt", "同意".encode(), "text/plain")
    answer = relations.settle_matter(audit=audit, matter=asked, outcome="agreed", scan=scan)
    met = relations.clarify(audit=audit, organ=office.organ, met_on=TODAY, where="某论坛", words="不实")
    [standard] = catalogues.keep(
        audit=audit, field="education", source="试", lines=[Line("甲", "", "要素", duty=office.organ.name)]
    ).rows.all()
    keys["standard"] = standard.key
    keys |= {"entry_paper": answer.paper_id, "clarification": met.pk, "facet": "kind", "topic": "none"}
    row = enter(audit=audit, organ=office.organ, register="places", values=_place(), files={"photo": _photo()})
    keys |= {"ledger_row": row.pk, "ledger_file": row.files.get().file_id, "ledger": "places"}
    asked = Passing.objects.filter(application=office.case, organ__isnull=False).first()
    assert asked is not None
    assert asked.organ is not None
    keys |= talk(audit, office.organ, office.marks, asked.organ)
    task = _patrolled(audit)
    patrolled.assign(audit=audit, task=task, organ=office.organ.pk)
    keys |= {"patrol_task": task.pk, "walk": task.sightings.get().walk_id}
    keys |= site_keys(audit)
    keys["template"] = templates.add(audit=audit, name="市汇总表", file_name="表.xlsx", data=city_book()).pk
    keys |= appraised(audit, office.organ)
    keys |= assessed(audit, office.organ)
    keys |= supervised(audit, office.organ)
    save_words(audit=audit, organ=office.organ, year=2025, section="1", words="总体情况。", base=None)
    keys |= {"year": 2025, "words_part": "1", "words_number": 1}
    keys |= issued(audit, office.organ, 2025)
    chain.seal(audit.county)
    signed = chain.sign_today(audit.county)
    assert signed is not None
    keys |= {"day": timezone.localdate().isoformat(), "link": signed.link[:8], "reported": found.name}


def _entry() -> drafting.Content:
    file = drafting.NewFile("名单.txt", "石桥镇".encode(), "text/plain")
    return drafting.Content("general", "目录条目", TODAY, {}, "proactive", body="<p>正文。</p>", files=(file,))


def _patrolled(audit: Audit) -> Task:
    """A task from a walk through a site, on a page that is nobody's yet."""
    walk = bring_in(audit=audit, data=result_of([hit("stale_column", "/tzgg/", words="通知公告")]))
    return Task.objects.get(sightings__walk=walk)


def _place() -> dict[str, str]:
    return {"name": "县档案馆", "place": "archive", "address": "石桥路1号", "hours": "工作日", "from_on": "2026-01-01"}


def _photo() -> drafting.NewFile:
    return drafting.NewFile("照片.png", _picture(), "image/png", "picture")


def _peer(audit: Audit, name: str) -> Peer:
    card = sealing.Keys(secrets.token_hex(32), _box_key()).card
    return exchange.add_peer(audit=audit, name=name, side="office", card=card)


def _box_key() -> str:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.generate().public_key().public_bytes_raw().hex()


def _picture() -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (20, 20), 255).save(out, "PNG")
    return out.getvalue()


def _one(**places: str) -> Maker:
    """An address filled from the keys of these names."""
    return lambda keys: [{place: keys[name] for place, name in places.items()}]


def _words(place: str, words: Iterable[str], **places: str) -> Maker:
    """The same with a word that says which act or which form is meant."""
    told = tuple(words)
    return lambda keys: [{**fixed, place: word} for fixed in _one(**places)(keys) for word in told]


def _both(maker: Callable[..., Maker], *names: str, **places: str) -> Maker:
    return lambda keys: [each for name in names for each in maker(key=name, **places)(keys)]


CASE, REPORT, CLIENT, ORGAN, PERSON = (_one(key=name) for name in ("case", "report", "clients", "organs", "person"))
ENTRY = _one(key="entry")
ENTRY_ACTS = (
    "pass",
    "return",
    *(
        act.value
        for act in ENTRY_PERMISSION
        if act not in (Published.EDIT, Published.OPEN_MATTER, Published.SETTLE_MATTER)
    ),
)
"""Passing and returning first: while it is a draft they fall under the last stage."""


def _letters(**words: Iterable[str]) -> Maker:
    """The letter that was drafted and the one that was signed, with each word."""
    [(place, told)] = words.items()
    return lambda keys: [
        {"key": keys[case], "letter": keys[letter], place: word}
        for case, letter in (("case", "letter"), ("answered", "answer"))
        for word in told
    ]


def _files(keys: dict[str, Any]) -> Iterable[Place]:
    own = [{"key": keys["case"], "attachment": key} for key in keys["attachments"]]
    return own + [{"key": keys["answered"], "attachment": keys[name]} for name in ("released", "stamped", "secret")]


def _apart(keys: dict[str, Any]) -> Iterable[Place]:
    return [{"key": keys["case"], "attachment": keys["attachments"][0]}]


LEDGERS = tuple(f"ledger-{word}" for word in ("list", "new", "import", "template", "export", "nothing", "publish"))
"""Give everyone their own organ's or county's part of a register."""

LETTER_ACTS = tuple(
    f"talk-{word}"
    for word in (
        *("letter", "route", "return", "join", "contribute", "extend", "answer", "review", "aside", "turn"),
        *("propose", "hint", "decide", "withdraw"),
    )
)
CONSULTING = tuple(f"talk-{word}" for word in ("consultation", "period", "opinion", "group", "feedback"))

MAKERS: dict[str, Maker] = {
    # people, organs, audit
    "person": PERSON,
    "person-appoint": PERSON,
    "person-account": PERSON,
    "person-hand-over": PERSON,
    "person-let-go": PERSON,
    "person-end": _one(key="person", row="appointment"),
    "organ-life": ORGAN,
    "organ-answering": ORGAN,
    "organ-merge": ORGAN,
    "organ-strike": ORGAN,
    "audit-head": _one(day="day"),
    # what lies outside
    "packages-settle": _words("act", ("confirm", "end"), key="peer"),
    "packages-export": _one(key="open_peer"),
    "packages-file": _one(key="package"),
    "message-again": _one(key="message"),
    "client": CLIENT,
    "client-token": CLIENT,
    "client-webhook": CLIENT,
    "client-end": CLIENT,
    "client-revoke": _one(key="clients", row="token"),
    # sites, reconciliation, migration
    "site": _one(key="site"),
    "site-change": _one(key="site"),
    "site-now": _one(key="site"),
    "site-note": _one(key="site"),
    "site-table": _one(key="site"),
    "site-form": _one(key="site"),
    "site-end": _one(key="site"),
    "reconciliation": _one(key="listing"),
    "reconciliation-judge": _one(key="listing"),
    "reconciliation-export": _one(key="listing"),
    "migration": _one(key="migration"),
    "migration-bring": _one(key="migration"),
    "migration-export": _one(key="migration"),
    # annual reports
    "batch": _one(key="batch"),
    "batch-progress": _one(key="batch"),
    "guide": ORGAN,
    "guide-bring-in": ORGAN,
    "report": REPORT,
    "report-publish": REPORT,
    "report-withdraw": REPORT,
    "place": REPORT,
    "aside": REPORT,
    "read-again": REPORT,
    "original": REPORT,
    "notice": REPORT,
    "cell": _one(key="report", address="cell"),
    "finding": _one(key="report", fingerprint="finding"),
    "page": lambda keys: [{"key": keys["report"], "number": 1}],
    "download": _words("form", ("json", "comments", "findings-csv"), key="report"),
    "findings": _words("form", ("csv",)),
    "archive": _words("form", ("json",)),
    **{
        f"year-issue{name}": _one(organ="organs", year="year", **places)
        for names, places in (
            (("", "-answer", "-hand-over"), {}),
            (("-draft", "-take-back", "-return", "-sign", "-paper", "-freeze"), {"key": "issue_draft"}),
            (("-scan",), {"key": "issue_signed"}),
            (("-version", "-note", "-publish", "-withdraw", "-archive"), {"key": "issue_version"}),
            (("-cell",), {"key": "issue_version", "address": "issue_address"}),
            (("-package",), {"key": "issue_version", "archive": "issue_archive"}),
        )
        for name in names
    },
    "year-issue-part": _one(organ="organs", year="year", key="issue_county", address="issue_address", part="organs"),
    "year-issue-sheet": _words("form", ("docx",), organ="organs", year="year", key="issue_draft"),
    "year-issue-file": _words("form", ("json",), organ="organs", year="year", key="issue_version"),
    "words-report": _one(organ="organs", year="year"),
    "words-section": _one(organ="organs", year="year", section="words_part"),
    "words-join": _one(organ="organs", year="year", section="words_part"),
    "words-version": _one(organ="organs", year="year", section="words_part", number="words_number"),
    "collection-organ": _one(organ="organs", year="year"),
    "collection-cell": lambda keys: [{"year": keys["year"], "address": "proactive.licences.decisions"}],
    "collection-export": lambda keys: [{"year": keys["year"], "form": "json"}],
    "overview-brief": _words("form", ("docx",)),
    "compare-export": _words("form", ("csv",)),
    "compare-peers-export": _words("form", ("csv",)),
    "collection-template": _one(key="template"),
    "collection-template-export": _one(key="template", year="year"),
    "year-report": _one(organ="organs", year="year"),
    "year-nothing": lambda keys: [{"organ": keys["organs"], "year": keys["year"], "table": 4}],
    "year-cell": lambda keys: [
        {"organ": keys["organs"], "year": keys["year"], "address": "proactive.licences.decisions"}
    ],
    "year-record": lambda keys: [
        {"organ": keys["organs"], "year": keys["year"], "kind": "application", "key": keys["case"]}
    ],
    # registers and settings
    "mail-step": _words("name", ("hand-over", "other"), key="mail"),
    "dispute": _one(key="disputes"),
    "dispute-step": _one(key="disputes"),
    "dispute-reopen": _one(key="disputes"),
    "complaint": _one(key="complaints"),
    "correction": _one(key="corrections"),
    "number-void": _one(key="registers"),
    "register-export": _words("kind", KINDS),
    "rules-change": _words("key", (*OF_ORGAN, *OF_COUNTY)),
    # assessment
    "assessment-scheme": _one(name="scheme"),
    "assessment-round": _one(key="round"),
    "assessment-export": _one(key="round"),
    "assessment-known": _one(key="round"),
    "assessment-notice": _one(key="round"),
    "assessment-ranking": _one(key="round"),
    "assessment-sheet": _one(key="assessed"),
    "assessment-form": _one(key="assessed"),
    "assessment-package": _one(key="assessed"),
    "assessment-indicator": _one(key="assessed", indicator="leaf"),
    "assessment-act": _words("name", ASSESSMENT_PERMISSION, key="assessed"),
    "assessment-proof": _one(key="proof"),
    "assessment-mock": _one(key="mock"),
    # the public's appraisal
    **{
        f"appraisal-{name}": _one(stem="questionnaire")
        for name in ("one", "draft", "edit", "open", "stop", "codes", "paper", "sift", "words", "result")
    },
    "appraisal-document": _words("form", ("docx",), stem="questionnaire"),
    "appraisal-batch": _one(key="paper_batch"),
    "appraisal-strike": _one(key="paper_sheet"),
    "portal-appraisal": _one(key="questionnaire"),
    "portal-appraisal-thanks": _one(key="questionnaire"),
    "portal-appraisal-answer": _one(key="questionnaire", organ="appraised_organ"),
    "portal-appraisal-file": _words("form", ("json",), key="questionnaire"),
    # the catalogue
    "patrol-task": _one(key="patrol_task"),
    "patrol-walk": _one(key="walk"),
    "patrol-act": _words("name", PATROL_PERMISSION, key="patrol_task"),
    # supervision
    "oversight-file": _one(key="evidence"),
    "oversight-point": _one(stem="point"),
    "oversight-point-words": _one(stem="point"),
    "oversight-problems-document": _words("form", ("docx",)),
    "oversight-duty": _one(key="duty"),
    "oversight-duty-act": _words("name", DUTY_PERMISSION, key="duty"),
    "oversight-inspection": _one(key="visit"),
    "oversight-inspection-end": _one(key="going"),
    "oversight-training": _one(stem="training"),
    "oversight-training-act": _words("name", TRAINING_PERMISSION, stem="training"),
    "oversight-training-file": _one(stem="training", file="training_file"),
    "oversight-notice": _both(_one, "sent_notice", "draft_notice"),
    "oversight-notice-act": _words("name", NOTICE_PERMISSION, key="sent_notice"),
    "oversight-notice-document": _words("form", ("docx",), key="sent_notice"),
    "oversight-accountability-entry": _one(stem="accountability"),
    "oversight-accountability-void": _one(stem="accountability"),
    "entry": ENTRY,
    "entry-edit": ENTRY,
    "entry-act": _words("name", ENTRY_ACTS, key="entry"),
    "entry-hint": ENTRY,
    "entry-check": ENTRY,
    "entry-matter": ENTRY,
    "entry-link": ENTRY,
    "entry-validity": ENTRY,
    "entry-sheet-document": _words("form", ("pdf",), key="entry"),
    "entry-paper-file": _one(key="entry", paper="entry_paper"),
    "clarification-follow": _one(key="clarification"),
    "entry-sheet": ENTRY,
    "entry-compare": ENTRY,
    "entry-file": _one(key="entry", file="entry_file"),
    "entry-settings-change": _one(organ="organs"),
    "entry-settings-kind": _one(organ="organs"),
    # the registers that feed the yearly report
    "ledger-row": _one(key="ledger_row"),
    "ledger-correct": _one(key="ledger_row"),
    "ledger-void": _one(key="ledger_row"),
    "ledger-renew": ENTRY,
    "ledger-file": _one(key="ledger_row", file="ledger_file"),
    **dict.fromkeys((*LEDGERS, "portal-ledger"), _one(register="ledger")),
    # the standard catalogues
    "coverage-field": _words("field", ("education",)),
    "coverage-bear": _words("field", ("education",)),
    "coverage-organ": _one(organ="organs"),
    "coverage-line": _one(organ="organs", line="standard"),
    "own-limit": _one(organ="organs"),
    # letters, consultations
    **dict.fromkeys(LETTER_ACTS, _both(_one, "talk", "answered_letter")),
    "talk-letter-file": _one(key="talk", file="talk_file"),
    **dict.fromkeys(CONSULTING, _one(key="consulted")),
    "talk-opinion-file": _one(key="consulted", file="opinion_file"),
    "portal-answer": _one(key="published_answer"),
    "portal-consultation": _one(key="consulted"),
    "portal-opinion": _one(key="consulted"),
    # cases
    "case": CASE,
    "case-receipt": CASE,
    "case-record": CASE,
    "case-confirm": CASE,
    "case-assign": CASE,
    "case-reveal": CASE,
    "case-upload": CASE,
    "case-together": CASE,
    "case-merge": CASE,
    "case-split": CASE,
    "case-archive": _both(_one, "case", "closed"),
    "case-archive-verify": _one(key="closed", attachment="packed"),
    "case-act": _words("name", [act.value for act in Act], key="case"),
    "case-correct": _one(key="case", row="row"),
    "case-file": _files,
    "case-compare": _one(key="case", other="other"),
    "case-paper": lambda keys: [{"key": keys["case"], "kind": "receipt", "form": "docx"}],
    "case-evidence": _words("kind", ("search_record",), key="case"),
    "case-fee": CASE,
    "fee-paid": _one(key="case", notice="notice"),
    "fee-lapsed": _one(key="case", notice="notice"),
    "letter-new": _both(_one, "case", "answered"),
    "letter": lambda keys: [
        {"key": keys["case"], "letter": keys["letter"]},
        {"key": keys["answered"], "letter": keys["answer"]},
    ],
    "letter-step": _letters(name=(*LETTER_STEPS, "return")),
    "letter-document": _letters(form=("docx",)),
    "letter-paper": lambda keys: [
        {"key": keys["answered"], "letter": keys["answer"], "kind": "approval", "form": "docx"}
    ],
    "consult-new": _words("kind", ("third_party",), key="case"),
    "consultation": _one(key="case", consultation="consultation"),
    "consultation-step": _words(
        "name", ("received", "agreed", "silent", "resolved"), key="case", consultation="consultation"
    ),
    "consultation-notice": _words("whom", ("applicant", "party"), key="case", consultation="consultation"),
    "help": CASE,
    "help-end": _one(key="case", passing="passing"),
    "assist": CASE,
    "secrecy-hand-over": _one(attachment="secret"),
    "secrecy-take-out": _one(attachment="secret"),
    "set-apart": _apart,
    "redact": _one(key="case", attachment="source"),
    "redact-preview": _one(key="case", attachment="source"),
    "redact-picture": lambda keys: [{"key": keys["case"], "attachment": keys["source"], "number": 1}],
    # outside the desk: asked by strangers here, by applicants and by systems in tests of their own
    "portal-organ": ORGAN,
    "portal-organ-guide": ORGAN,
    "portal-organ-system": ORGAN,
    "portal-organ-statutory": ORGAN,
    "portal-organ-yearly": ORGAN,
    "portal-field": _words("key", ("education",)),
    "portal-shelf": _words("key", ("general",), facet="facet"),
    "portal-report": REPORT,
    "portal-report-file": _words("form", ("json",), key="report"),
    "portal-topic": _one(key="topic"),
    # An entry that is not public: whoever asks, it is not there.
    **dict.fromkeys(("portal-item", "portal-item-print", "portal-item-code"), ENTRY),
    **dict.fromkeys(("api-entry", "api-entry-files", "api-entry-validity"), ENTRY),
    "portal-item-file": _one(key="entry", file="entry_file"),
    "portal-item-number": lambda keys: [{"number": "11999999MB0000090X/2026-00001"}],
    "portal-feed": lambda keys: [{"form": "atom"}],
    "portal-feed-of": lambda keys: [{"form": "atom", "facet": "kind", "key": "general"}],
    "portal-sitemap-part": lambda keys: [{"year": 2026, "part": 1}],
    "portal-privacy": ORGAN,
    "portal-apply-to": ORGAN,
    "portal-follow-letter": _one(key="answer"),
    "portal-follow-file": _one(key="released"),
    "api-state": _one(number="number"),
}
"""By the name of the address."""
