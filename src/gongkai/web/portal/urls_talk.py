"""The addresses where the public asks, suggests and takes part. None of them holds a number, a code or a name."""

from __future__ import annotations

from django.urls import path

from gongkai.web.portal.views import letters, opinions, talk

urlpatterns = [
    path("letters", talk.index, name="portal-letters"),
    path("letters/new", letters.new, name="portal-letter-new"),
    path("letters/follow", letters.enter, name="portal-letter-follow"),
    path("letters/leave", letters.leave, name="portal-letter-leave"),
    path("letters/receipt", letters.receipt, name="portal-letter-receipt"),
    path("letters/mine", letters.mine, name="portal-letter"),
    path("letters/rate", letters.rate, name="portal-letter-rate"),
    path("letters/answers", talk.answers, name="portal-answers"),
    path("letters/answers/<uuid:key>", talk.answer, name="portal-answer"),
    path("letters/questions", talk.faq, name="portal-faq"),
    path("responses", talk.responses, name="portal-responses"),
    path("consultations", talk.consultations, name="portal-consultations"),
    path("consultations/<uuid:key>", talk.consultation, name="portal-consultation"),
    path("consultations/<uuid:key>/opinion", talk.opinion, name="portal-opinion"),
    path("opinions/follow", opinions.enter, name="portal-opinion-follow"),
    path("opinions/leave", opinions.leave, name="portal-opinion-leave"),
    path("opinions/receipt", opinions.receipt, name="portal-opinion-receipt"),
    path("opinions/mine", opinions.mine, name="portal-opinion-mine"),
]
