"""The addresses of supervision in the year: tasks, inspections, training, notices, accountability."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.web.workbench.views import duties, inspections, oversight, oversightnotices, registerof, trainings

urlpatterns: list[URLPattern] = [
    path("oversight", oversight.overview, name="oversight"),
    path("oversight/files/<uuid:key>", oversight.file, name="oversight-file"),
    path("oversight/settings", oversight.settings, name="oversight-settings"),
    path("oversight/points", oversight.points, name="oversight-points"),
    path("oversight/points/<uuid:stem>", oversight.point, name="oversight-point"),
    path("oversight/points/<uuid:stem>/words", oversight.point_words, name="oversight-point-words"),
    path("oversight/tasks", duties.tasks, name="oversight-tasks"),
    path("oversight/tasks/export", duties.tasks_export, name="oversight-tasks-export"),
    path("oversight/problems", duties.problems, name="oversight-problems"),
    path("oversight/problems/export", duties.problems_export, name="oversight-problems-export"),
    path("oversight/problems/new", duties.new, name="oversight-problem-new"),
    path("oversight/problems/list.<str:form>", duties.problems_document, name="oversight-problems-document"),
    path("oversight/duties/<uuid:key>", duties.duty, name="oversight-duty"),
    path("oversight/duties/<uuid:key>/<str:name>", duties.act, name="oversight-duty-act"),
    path("oversight/checklists", inspections.checklists, name="oversight-checklists"),
    path("oversight/inspections", inspections.listing, name="oversight-inspections"),
    path("oversight/inspections/<uuid:key>", inspections.inspection, name="oversight-inspection"),
    path("oversight/inspections/<uuid:key>/end", inspections.end, name="oversight-inspection-end"),
    path("oversight/trainings", trainings.listing, name="oversight-trainings"),
    path("oversight/trainings/<uuid:stem>", trainings.training, name="oversight-training"),
    path("oversight/trainings/<uuid:stem>/files/<uuid:file>", trainings.file, name="oversight-training-file"),
    path("oversight/trainings/<uuid:stem>/<str:name>", trainings.act, name="oversight-training-act"),
    path("oversight/notices", oversightnotices.listing, name="oversight-notices"),
    path("oversight/notices/new", oversightnotices.new, name="oversight-notice-new"),
    path("oversight/notices/<uuid:key>", oversightnotices.notice, name="oversight-notice"),
    path("oversight/notices/<uuid:key>/letter.<str:form>", oversightnotices.document, name="oversight-notice-document"),
    path("oversight/notices/<uuid:key>/<str:name>", oversightnotices.act, name="oversight-notice-act"),
    path("oversight/complaints", registerof.complaints, name="oversight-complaints"),
    path("oversight/accountability", registerof.accountability, name="oversight-accountability"),
    path("oversight/accountability/<uuid:stem>", registerof.entry, name="oversight-accountability-entry"),
    path("oversight/accountability/<uuid:stem>/void", registerof.void, name="oversight-accountability-void"),
]
