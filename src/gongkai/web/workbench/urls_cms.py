"""The addresses of export to a site, reconciliation and what is brought in from an old one."""

from __future__ import annotations

from django.urls import path

from gongkai.web.workbench.views import migrations, reconciliations, sites

urlpatterns = [
    path("sites", sites.sites, name="sites"),
    path("sites/new", sites.new, name="site-new"),
    path("sites/<uuid:key>", sites.site, name="site"),
    path("sites/<uuid:key>/change", sites.change, name="site-change"),
    path("sites/<uuid:key>/end", sites.end, name="site-end"),
    path("sites/<uuid:key>/now", sites.now, name="site-now"),
    path("sites/<uuid:key>/note", sites.note, name="site-note"),
    path("sites/<uuid:key>/table", sites.table, name="site-table"),
    path("sites/<uuid:key>/form.xlsx", sites.form, name="site-form"),
    path("reconciliations", reconciliations.listings, name="reconciliations"),
    path("reconciliations/<uuid:key>", reconciliations.result, name="reconciliation"),
    path("reconciliations/<uuid:key>/judge", reconciliations.judge, name="reconciliation-judge"),
    path("reconciliations/<uuid:key>/export.xlsx", reconciliations.export, name="reconciliation-export"),
    path("migrations", migrations.migrations, name="migrations"),
    path("migrations/<uuid:key>", migrations.migration, name="migration"),
    path("migrations/<uuid:key>/bring", migrations.bring, name="migration-bring"),
    path("migrations/<uuid:key>/export.xlsx", migrations.export, name="migration-export"),
]
