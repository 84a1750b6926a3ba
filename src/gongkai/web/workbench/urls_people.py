"""The addresses of logging in, people, the tree of organs and the audit."""

from __future__ import annotations

from django.urls import path

from gongkai.web.workbench.views import account, auditing, people, tree

urlpatterns = [
    path("go", account.go, name="go"),
    path("login", account.log_in, name="log-in"),
    path("login/code", account.log_in_code, name="log-in-code"),
    path("logout", account.log_out, name="log-out"),
    path("account", account.account, name="account"),
    path("account/password", account.password, name="password"),
    path("account/second-factor", account.second_factor, name="second-factor"),
    path("account/reminders", account.reminders, name="own-reminders"),
    path("account/seat", account.seat, name="seat"),
    path("account/as", account.show_as, name="show-as"),
    path("people", people.people, name="people"),
    path("people/permissions", people.permissions, name="permissions"),
    path("people/exceptions", people.exceptions, name="exceptions"),
    path("people/<uuid:key>", people.person, name="person"),
    path("people/<uuid:key>/appoint", people.appoint, name="person-appoint"),
    path("people/<uuid:key>/appointments/<uuid:row>/end", people.end, name="person-end"),
    path("people/<uuid:key>/account", people.account, name="person-account"),
    path("people/<uuid:key>/hand-over", people.hand_over, name="person-hand-over"),
    path("people/<uuid:key>/let-go", people.let_go, name="person-let-go"),
    path("organs/tree", tree.tree, name="organ-tree"),
    path("organs/tree/<uuid:key>", tree.organ, name="organ-life"),
    path("organs/tree/<uuid:key>/answering", tree.answering, name="organ-answering"),
    path("organs/tree/<uuid:key>/merge", tree.merge, name="organ-merge"),
    path("audit", auditing.audit, name="audit"),
    path("audit/verify", auditing.verify, name="audit-verify"),
    path("audit/head/<str:day>", auditing.head, name="audit-head"),
]
