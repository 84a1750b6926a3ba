"""The addresses of interaction at the desk: letters, consultations, the hotline and its questions."""

from __future__ import annotations

from django.urls import path

from gongkai.web.workbench.views import hotline, talk, talkacts, talkconsult

urlpatterns = [
    path("talk", talk.queue, name="talk"),
    path("talk/letters", talk.listing, name="talk-letters"),
    path("talk/letters/new", talk.new, name="talk-letter-new"),
    path("talk/figures", talk.figures, name="talk-figures"),
    path("talk/days", talk.days, name="talk-days"),
    path("talk/letters/<uuid:key>", talk.letter, name="talk-letter"),
    path("talk/letters/<uuid:key>/files/<uuid:file>", talk.file, name="talk-letter-file"),
    path("talk/letters/<uuid:key>/route", talkacts.route, name="talk-route"),
    path("talk/letters/<uuid:key>/return", talkacts.give_back, name="talk-return"),
    path("talk/letters/<uuid:key>/join", talkacts.join, name="talk-join"),
    path("talk/letters/<uuid:key>/contribute", talkacts.contribute, name="talk-contribute"),
    path("talk/letters/<uuid:key>/extend", talkacts.extend, name="talk-extend"),
    path("talk/letters/<uuid:key>/answer", talkacts.draft, name="talk-answer"),
    path("talk/letters/<uuid:key>/review", talkacts.review, name="talk-review"),
    path("talk/letters/<uuid:key>/aside", talkacts.aside, name="talk-aside"),
    path("talk/letters/<uuid:key>/turn", talkacts.turn, name="talk-turn"),
    path("talk/letters/<uuid:key>/publish", talkacts.propose, name="talk-propose"),
    path("talk/letters/<uuid:key>/hints", talkacts.hint, name="talk-hint"),
    path("talk/letters/<uuid:key>/public", talkacts.decide, name="talk-decide"),
    path("talk/letters/<uuid:key>/withdraw", talkacts.withdraw, name="talk-withdraw"),
    path("talk/consultations", talkconsult.listing, name="talk-consultations"),
    path("talk/consultations/<uuid:key>", talkconsult.consultation, name="talk-consultation"),
    path("talk/consultations/<uuid:key>/period", talkconsult.period, name="talk-period"),
    path("talk/consultations/<uuid:key>/opinion", talkconsult.opinion, name="talk-opinion"),
    path("talk/consultations/<uuid:key>/group", talkconsult.group, name="talk-group"),
    path("talk/consultations/<uuid:key>/feedback", talkconsult.feedback, name="talk-feedback"),
    path("talk/consultations/<uuid:key>/files/<uuid:file>", talkconsult.file, name="talk-opinion-file"),
    path("talk/hotline", hotline.page, name="hotline"),
    path("talk/hotline/bring", hotline.bring, name="hotline-bring"),
    path("talk/hotline/columns", hotline.columns, name="hotline-columns"),
    path("talk/questions", hotline.questions, name="talk-questions"),
]
