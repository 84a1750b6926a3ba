"""What the public says to an office, with every mark in it: a letter that was answered, an opinion, a line of the hotline."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

from gongkai.web.audit.services import Audit
from gongkai.web.interaction.services import acts, consultations, hotline, publishing
from gongkai.web.interaction.services.consultations import Given
from gongkai.web.interaction.services.intake import Arriving, register
from gongkai.web.onrequest.services.attachments import Upload
from gongkai.web.organs.models import Organ
from gongkai.web.proactive.models import Item
from gongkai.web.proactive.services import drafting
from tests.web.marked.office import TODAY, Marks


def letter_of(marks: Marks, **other: Any) -> Arriving:
    """A letter with every mark in it."""
    told = Arriving(
        kind="message",
        title=f"{marks.name}反映停车难",
        words=f"{marks.name}，电话{marks.phone}，{marks.spoken}。",
        received_on=TODAY,
        name=marks.name,
        phone=marks.phone,
        email=marks.email,
        may_publish=True,
        files=(Upload(f"{marks.file}.txt", f"{marks.file}：{marks.identity}".encode(), "attachment"),),
        notices={"email": marks.email},
    )
    return replace(told, **other)


def ledger_of(marks: Marks) -> bytes:
    """A ledger of the hotline in which everybody is named."""
    out = io.StringIO()
    head = ("工单编号", "来电人", "联系电话", "受理时间", "诉求类别", "承办单位", "诉求内容", "住址")
    row = (
        "GD1",
        marks.name,
        marks.phone,
        TODAY.isoformat(),
        "停车",
        "",
        f"{marks.name}：{marks.spoken}",
        marks.address,
    )
    csv.writer(out).writerows((head, row))
    return out.getvalue().encode()


def draft_of(audit: Audit, organ: Organ) -> Item:
    """A draft over which opinions are taken on paper."""
    content = drafting.Content(
        "consultation", "停车管理办法（征求意见稿）", TODAY, {}, "proactive", body="<p>正文。</p>"
    )
    return drafting.draft(audit=audit, organ=organ, content=content)


def talk(audit: Audit, organ: Organ, marks: Marks, helper: Organ) -> dict[str, Any]:
    """Say it all; the keys of what came of it."""
    first = register(audit=audit, arriving=letter_of(marks)).letter
    acts.route(audit=audit, letter=first, organ=organ, words=f"请办理，{marks.spoken}")
    acts.join(audit=audit, letter=first, organ=helper, words=f"{marks.name}来信，{marks.spoken}")
    other = register(audit=audit, arriving=letter_of(marks, files=())).letter
    acts.route(audit=audit, letter=other, organ=organ)
    acts.extend(audit=audit, letter=other, until=TODAY + timedelta(days=60), reason=f"{marks.spoken}，须核实")
    acts.submit(audit=audit, letter=other, words=f"{marks.name}：您好。{marks.spoken}")
    acts.answer(audit=audit, letter=other)
    acts.rate(audit=audit, letter=other, level="not", words=marks.spoken)
    row = publishing.propose(
        audit=audit, letter=other, title="停车难", question=f"{marks.name}问哪里可以停车？", answer="石桥路有停车场。"
    )
    publishing.publish(audit=audit, letter=other)
    aside = register(audit=audit, arriving=letter_of(marks, files=())).letter
    acts.set_aside(audit=audit, letter=aside, ground="elsewhere", words=f"{marks.name}请向市里反映，{marks.spoken}")
    item = draft_of(audit, organ)
    consultations.ask(audit=audit, item=item.pk, opens_on=TODAY, closes_on=TODAY + timedelta(days=9))
    file = Upload(f"{marks.file}.txt", marks.file.encode(), "attachment")
    given = Given(f"{marks.name}认为过高，{marks.spoken}", TODAY, marks.name, marks.phone, "post", files=(file,))
    opinion = consultations.give(audit=audit, item=item.pk, given=given)
    consultations.sum_up(
        audit=audit, item=item.pk, summary=f"过高，{marks.phone}", outcome="adopted", opinions=[opinion.pk]
    )
    seen = hotline.look(county=audit.county, name="工单.csv", data=ledger_of(marks))
    hotline.bring(audit=audit, seen=hotline.kept(hotline.keep_for_later(audit=audit, seen=seen)))
    return {
        "talk": first.pk,
        "talk_file": first.files.get().pk,
        "answered_letter": other.pk,
        "published_answer": row.pk,
        "consulted": item.pk,
        "opinion_file": opinion.files.get().pk,
    }
