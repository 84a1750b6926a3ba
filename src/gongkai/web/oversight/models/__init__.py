"""The facts of supervision: points and duties, inspections, trainings, notices, accountability, and evidence to them."""

from gongkai.web.oversight.models.duties import Duty, DutyAct, Evidence, Point
from gongkai.web.oversight.models.inspections import Checklist, Inspection, InspectionEnd, Judgement
from gongkai.web.oversight.models.notices import Notice, NoticeAct, NoticeSubject, NoticeText, Recipient
from gongkai.web.oversight.models.trainings import Accountability, Attendance, Paper, Sitting, Training

__all__ = [
    "Accountability",
    "Attendance",
    "Checklist",
    "Duty",
    "DutyAct",
    "Evidence",
    "Inspection",
    "InspectionEnd",
    "Judgement",
    "Notice",
    "NoticeAct",
    "NoticeSubject",
    "NoticeText",
    "Paper",
    "Point",
    "Recipient",
    "Sitting",
    "Training",
]

APPEND_ONLY = (
    "oversight_point",
    "oversight_duty_act",
    "oversight_evidence",
    "oversight_checklist",
    "oversight_inspection",
    "oversight_judgement",
    "oversight_inspection_end",
    "oversight_training",
    "oversight_attendance",
    "oversight_paper",
    "oversight_sitting",
    "oversight_notice_subject",
    "oversight_notice_text",
    "oversight_notice_act",
    "oversight_accountability",
)
"""The tables whose rows the database itself lets nobody change or remove."""
