"""The addresses of the patrol and its tasks."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.web.workbench.views import patrol, patrolling

urlpatterns: list[URLPattern] = [
    path("patrol", patrol.listing, name="patrol"),
    path("patrol/export", patrol.export, name="patrol-export"),
    path("patrol/figures", patrol.figures, name="patrol-figures"),
    path("patrol/walks", patrolling.walks, name="patrol-walks"),
    path("patrol/walks/own", patrolling.own, name="patrol-own"),
    path("patrol/walks/<uuid:key>", patrolling.walk, name="patrol-walk"),
    path("patrol/settings", patrolling.shown, name="patrol-settings"),
    path("patrol/tasks/<uuid:key>", patrol.task, name="patrol-task"),
    path("patrol/tasks/<uuid:key>/<str:name>", patrol.act, name="patrol-act"),
]
