"""Objects behind the addresses of supervision: all of one organ, a notice to it, and a draft of one."""

from __future__ import annotations

import uuid

from gongkai.web.audit.services import Audit
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import competent_department
from gongkai.web.organs.tree import change_organ, found_organ
from gongkai.web.oversight.models import Evidence
from gongkai.web.oversight.services import accountability, duties, inspections, notices, trainings
from gongkai.web.oversight.services.evidence import Sent
from gongkai.web.oversight.services.notices import About
from gongkai.web.oversight.wording import Subject
from tests.web.marked.office import TODAY


def supervised(audit: Audit, organ: Organ) -> dict[str, uuid.UUID]:
    """Everything that an organ is asked for, and one of each kind that the competent department keeps."""
    if competent_department(audit.county) is None:
        office = found_organ(audit=audit, county=audit.county, name="云岭县标办", form="department")
        change_organ(audit=audit, organ=office, competent=True)
    organs, paper = [organ.pk], [Sent("材料.txt", "材料".encode())]
    point = duties.keep_point(audit=audit, year=TODAY.year, title="要点")
    [task] = duties.split(audit=audit, point=point, organs=organs, title="任务", measure="措施", due_on=TODAY)
    report = duties.act_on(audit=audit, duty=task, act="report", words="进展", files=paper)
    checklist = inspections.keep_checklist(audit=audit, name="清单", text="有申请表")
    ended, going = (
        inspections.begin(audit=audit, checklist=checklist, organs=organs, title="检查", on=TODAY)[0] for _ in "ab"
    )
    inspections.judge(audit=audit, inspection=ended, line="1", verdict="good")
    inspections.end(audit=audit, inspection=ended, due_on=None)
    training = trainings.keep_training(audit=audit, host=organ, title="培训", on=TODAY)
    trainings.add_files(audit=audit, training=training, files=paper)
    about = [About("duty", task.pk, Subject("任务"))]
    draft, sent = (notices.draft(audit=audit, kind="urge", organs=organs, about=about, reply_by=TODAY) for _ in "ab")
    notices.send(audit=audit, notice=sent, version=1, number="", on=TODAY, confirmed=True)
    entry = accountability.enter(
        audit=audit, organ=organ, entry=accountability.Entry("talk", TODAY, "县政府", "没有更新指南")
    )
    return {
        "point": point.stem,
        "duty": task.pk,
        "evidence": Evidence.objects.get(of=report.pk).pk,
        "visit": ended.pk,
        "going": going.pk,
        "training": training.stem,
        "training_file": Evidence.objects.get(kind="training").pk,
        "draft_notice": draft.pk,
        "sent_notice": sent.pk,
        "accountability": entry.stem,
    }
