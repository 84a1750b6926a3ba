"""The addresses of the public side. None of them holds a number, a code or a name."""

from __future__ import annotations

from django.urls import path

from gongkai.web.portal.views import acting, applying, following, home

urlpatterns = [
    path("portal", home.home, name="portal"),
    path("portal/privacy/<uuid:key>", home.privacy, name="portal-privacy"),
    path("apply", applying.organs, name="portal-apply"),
    path("apply/<uuid:key>", applying.form, name="portal-apply-to"),
    path("follow", following.enter, name="portal-follow"),
    path("follow/leave", following.leave, name="portal-follow-leave"),
    path("follow/receipt", following.receipt, name="portal-follow-receipt"),
    path("follow/case", following.case, name="portal-follow-case"),
    path("follow/letters/<uuid:key>", following.letter, name="portal-follow-letter"),
    path("follow/files/<uuid:key>", following.file, name="portal-follow-file"),
    path("follow/supplement", acting.supplement, name="portal-follow-supplement"),
    path("follow/reasons", acting.reasons, name="portal-follow-reasons"),
    path("follow/withdraw", acting.withdraw, name="portal-follow-withdraw"),
    path("follow/notices", acting.notices, name="portal-follow-notices"),
    path("follow/unreadable", acting.unreadable, name="portal-follow-unreadable"),
    path("follow/complaint", acting.complaint, name="portal-follow-complaint"),
]
