"""The personal data of letters, erased when their time is over, and who may say so."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.web import personal
from gongkai.web.erasure.models import Erasure
from gongkai.web.erasure.selectors import due
from gongkai.web.erasure.services import erase, set_years
from gongkai.web.facts import Refused
from gongkai.web.interaction.models import Answer, LetterAct
from gongkai.web.interaction.selectors.public import figures, letter_by_code
from gongkai.web.people import middleware
from gongkai.web.people.models import Person
from tests.web.interaction.conftest import NAME

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
DAY = date(2029, 3, 2)


def test_a_letter_loses_its_person_and_keeps_its_place_in_the_figures(answered, written, audit, county):
    letter, waiting = answered(), written(title="还没有答复的来信").letter
    set_years(audit=audit, kept={"letter": "3"}, on=date(2026, 1, 1))
    before, code = figures(county.pk, *YEAR), personal.reveal(letter, "query_code")
    assert [(each.about, each.due_on) for each in due(county.pk, None, DAY)] == [(letter.pk, DAY)]
    with pytest.raises(Refused, match="还没有办结"):
        erase(audit=audit, kind="letter", about=waiting.pk, checked=True, today=DAY)
    erase(audit=audit, kind="letter", about=letter.pk, checked=True, today=DAY)
    letter.refresh_from_db()
    told = personal.revealed(letter, "title", "words", "name", "phone", "query_code")
    assert not any(told.values()) and letter_by_code(county.pk, letter.number, code) is None
    rows = [*LetterAct.objects.filter(letter=letter), *Answer.objects.filter(letter=letter)]
    assert len(rows) > 3 and not any(bytes(row.words) for row in rows)
    assert figures(county.pk, *YEAR) == before and due(county.pk, None, DAY) == []
    waiting.refresh_from_db()
    assert personal.reveal(waiting, "name") == NAME


def test_at_the_desk_it_is_ticked_checked_and_confirmed_by_who_may(answered, clock, desk, monkeypatch):
    letter = answered()
    monkeypatch.setattr(middleware, "accounts_on", lambda: False)
    plain = {"host": "localhost"}
    desk.post("/erasures/years", {"letter": "3"}, headers=plain)
    clock.now = clock.now.replace(year=2029, month=6)
    page = desk.get("/erasures", headers=plain).content.decode()
    assert f'value="letter:{letter.pk}"' in page and "办结后保存3年（本县设定）" in page
    one = {"matter": f"letter:{letter.pk}"}
    for form, says in (({}, "请勾选"), ({"matter": "x"}, "重新勾选"), (one, "请先核对")):
        assert says in desk.post("/erasures/confirm", form, headers=plain).content.decode()
    assert desk.post("/erasures/confirm", one | {"checked": "1"}, headers=plain).status_code == 302
    assert Erasure.objects.get().number == letter.number
    assert letter.number in desk.get("/erasures", headers=plain).content.decode()
    page = desk.get(f"/talk/letters/{letter.pk}", headers=plain).content.decode()
    assert f"<h1>{letter.subject}</h1>" in page and "个人信息已于2029年6月2日按保存年限删除" in page


def test_who_may_not_confirm_is_refused(answered, audit, organ, helper, county, clock, desk, monkeypatch):
    letter = answered()
    set_years(audit=audit, kept={"letter": "1"})
    clock.now = clock.now.replace(year=2028)
    monkeypatch.setattr(middleware, "accounts_on", lambda: False)
    form = {"matter": f"letter:{letter.pk}", "checked": "1"}
    for role, of in (("clerk", organ), ("head", helper), ("onlooker", organ)):
        person = Person.objects.create(county=county.pk, name=f"{role}某", role=role, organ=of)
        monkeypatch.setattr(middleware, "local_operator", lambda person=person: person)
        assert desk.post("/erasures/confirm", form, headers={"host": "localhost"}).status_code == 403, role
        assert desk.post("/erasures/years", {}, headers={"host": "localhost"}).status_code == 403, role
    assert not Erasure.objects.exists()
