"""Two networks: packages out, carried, in; whole, once and in order, or refused in one sentence."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.onrequest.events import Kind
from gongkai.onrequest.procedure import Act
from gongkai.web.audit.services import Audit
from gongkai.web.exchange import sealing, services
from gongkai.web.exchange.content import waiting
from gongkai.web.exchange.models import Package, Peer
from gongkai.web.facts import Refused, new_key
from gongkai.web.files import services as files
from gongkai.web.onrequest.models import Application, Attachment, CaseEvent, CaseRecord
from gongkai.web.onrequest.selectors.facts import applicant_of, standing_of
from gongkai.web.onrequest.selectors.follow import files_for
from gongkai.web.onrequest.services import delivery, letters
from gongkai.web.onrequest.services.acts import perform
from gongkai.web.onrequest.services.attachments import Upload, attach
from gongkai.web.onrequest.services.facts import happen
from gongkai.web.onrequest.services.intake import Incoming, Who, register
from gongkai.web.onrequest.services.online import act_online
from gongkai.web.organs.models import County, Organ
from tests.web.onrequest.steps import signed, told_in

WHO = Who("natural_person", "李清照", "identity_card", "110101199003074514", phone="13800001234", address="漱玉巷7号")
NAME = "云岭县交通运输局"


@dataclass
class Side:
    """One network: a county, an organ, keys."""

    audit: Audit
    organ: Organ
    switch: object

    def here(self) -> Side:
        self.switch(self)
        return self

    @property
    def peer(self) -> Peer:
        return Peer.objects.get(county=self.audit.county, ended_at=None)

    def export(self) -> bytes:
        return files.read(services.export(audit=self.here().audit, peer=self.peer).file_id)

    def bring_in(self, data: bytes) -> Package:
        return services.bring_in(audit=self.here().audit, data=data)

    @property
    def applications(self):
        return Application.objects.filter(county=self.audit.county).order_by("id")

    def apply(self, once: str, **told) -> Application:
        usual = {"content": "申请公开农村公路中标合同", "received_on": timezone.localdate(), "origin": "portal"}
        incoming = Incoming(organ=self.organ, channel="internet", who=WHO, once=once, **(usual | told))
        return register(audit=self.audit, incoming=incoming).application


@pytest.fixture
def sides(county, audit, monkeypatch):
    """The intake and the office, each knowing the other's key."""
    keys: dict[int, dict[str, bytes]] = {}
    now = []
    monkeypatch.setattr(
        sealing, "_private", lambda name: keys.setdefault(id(now[-1]), {}).setdefault(name, secrets.token_bytes(32))
    )
    key = new_key()
    other = County.objects.create(id=key, county=key, name="办理网")
    found = [
        Side(Audit(audit.actor, each.pk), Organ.objects.create(county=each.pk, name=NAME, word="云交"), now.append)
        for each in (county, other)
    ]
    intake, office = found
    cards = [side.here() and sealing.own_keys().card for side in found]
    for side, kind, card in ((intake, "office", cards[1]), (office, "intake", cards[0])):
        side.here()
        peer = services.add_peer(audit=side.audit, name="对端", side=kind, card=card)
        services.confirm_peer(audit=side.audit, peer=peer)
    return intake, office


def deliver(side: Side, application: Application) -> None:
    from gongkai.onrequest.decisions import decisions
    from gongkai.onrequest.events import Event

    today, code = timezone.localdate(), next(iter(decisions()))
    happen(audit=side.audit, application=application, event=Event(Kind.DECIDED, today, decision=code))
    happen(audit=side.audit, application=application, event=Event(Kind.DELIVERED, today))


def test_an_application_goes_to_the_office_and_its_answer_comes_back(sides):
    intake, office = sides
    sent = intake.apply("form-1", files=(Upload("清单.txt", "路段清单".encode(), "attachment"),))
    office.bring_in(intake.export())
    [got] = office.applications
    assert got.origin == "package"
    from gongkai.web.onrequest import personal

    assert personal.reveal(applicant_of(got), "identity") == WHO.identity
    assert personal.reveal(got, "content") == "申请公开农村公路中标合同"
    assert Attachment.objects.get(application=got).file.plain_name == "清单.txt"
    note = CaseRecord.objects.get(application=got, kind="note")
    assert sent.number in personal.reveal(note, "words")

    answer = Upload("合同.txt", "中标合同全文".encode(), "released")
    attach(audit=office.audit, application=got, file=answer)
    deliver(office, got)
    intake.bring_in(office.export())
    back = standing_of(sent)
    assert back.delivered_on == timezone.localdate()
    assert back.decision
    released = Attachment.objects.get(application=sent, role="released")
    assert files.read(released.file_id) == "中标合同全文".encode()


def test_a_letter_before_the_answer_comes_back_with_its_day(sides):
    intake, office = sides
    sent = intake.apply("form-1")
    office.bring_in(intake.export())
    [got] = office.applications
    today = timezone.localdate()
    letter = letters.draft(
        audit=office.audit, application=got, kind="supplement_notice", facts={"until": f"{today + timedelta(days=9)}"}
    )
    told_in(
        office.audit,
        letter,
        supplement_matters="请写明路段",
        guidance="路段名称",
        supplement_until=f"{today + timedelta(days=9)}",
        contact="办公室，87880000",
    )
    signed(office.audit, letter)
    letters.put_seal(audit=office.audit, letter=letter, on=today, seal="印章")
    with pytest.raises(Refused, match="没有新的内容"):
        office.export()
    delivery.send(audit=office.audit, letter=letter, manner="in_person", on=today)
    package = office.export()
    assert waiting(office.peer) == 0
    intake.bring_in(package)
    assert standing_of(sent).delivered_on is None
    [came] = files_for(sent)
    assert (came.role, files.read(came.file_id)[:5]) == ("letter", b"%PDF-")
    assert came.file.plain_name.startswith("政府信息公开申请补正告知书")
    with pytest.raises(Refused, match="没有新的内容"):
        office.export()


def test_what_the_applicant_adds_follows_and_nothing_echoes(sides):
    intake, office = sides
    sent = intake.apply("form-1")
    office.bring_in(intake.export())
    [got] = office.applications
    until = timezone.localdate() + timedelta(days=10)
    perform(audit=office.audit, application=got, act=Act.ASK_FOR_SUPPLEMENT, on=timezone.localdate(), until=until)
    intake.bring_in(office.export())
    assert standing_of(sent).state == "awaiting_supplement"
    act_online(
        audit=intake.audit, application=sent, act=Act.RECEIVE_SUPPLEMENT, words="补充路段名称", once="s1",
        files=(Upload("路段.txt", b"x", "supplement"),),
    )  # fmt: skip
    office.bring_in(intake.export())
    assert standing_of(got).state == standing_of(sent).state != "awaiting_supplement"
    assert CaseRecord.objects.filter(application=got, kind="supplement_text").count() == 1
    assert Attachment.objects.get(application=got, role="supplement").file.plain_name == "路段.txt"
    for side in sides:
        with pytest.raises(Refused, match="没有新的内容"):
            side.export()


def test_a_correction_follows_too(sides):
    from gongkai.web.onrequest.services.facts import correct

    intake, office = sides
    sent = intake.apply("form-1")
    office.bring_in(intake.export())
    [got] = office.applications
    row = CaseEvent.objects.get(application=got, kind="received")
    earlier = timezone.localdate() - timedelta(days=3)
    from dataclasses import replace

    correct(
        audit=office.audit, application=got, row=row.pk, event=replace(row.event(), on=earlier), reason="信封上的日期"
    )
    intake.bring_in(office.export())
    assert standing_of(sent).received_on == earlier


def test_a_package_comes_in_once_and_in_its_turn(sides):
    intake, office = sides
    packages = []
    for n in range(3):
        intake.apply(f"form-{n}")
        packages.append(intake.export())
    with pytest.raises(Refused, match="缺少“对端”的第1号数据包（这是第2号）"):
        office.bring_in(packages[1])
    with pytest.raises(Refused, match="缺少“对端”的第1至2号数据包"):
        office.bring_in(packages[2])
    office.bring_in(packages[0])
    with pytest.raises(Refused, match="第1号数据包以前导入过，没有再次导入"):
        office.bring_in(packages[0])
    for data in packages[1:]:
        office.bring_in(data)
    assert office.applications.count() == 3
    assert [p.number for p in Package.objects.filter(direction="in").order_by("id")] == [1, 2, 3]


def test_what_was_changed_cut_or_meant_for_others_is_refused_whole(sides):
    intake, office = sides
    intake.apply("form-1")
    data = intake.export()
    office.here()
    step = max(1, len(data) // 40)
    for place in range(len(sealing.MAGIC), len(data), step):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        with pytest.raises(Refused):
            office.bring_in(changed)
        with pytest.raises(Refused):
            office.bring_in(data[:place])
    for wrong in (b"", b"x", data + b"x", b"PK" + data, sealing.MAGIC, sealing.MAGIC + b"{}\n"):
        with pytest.raises(Refused):
            office.bring_in(wrong)
    with pytest.raises(Refused, match="发给另一端的"):
        intake.bring_in(data)
    assert office.applications.count() == 0
    assert not Package.objects.filter(direction="in").exists()
    office.bring_in(data)


def test_a_stranger_and_one_not_compared_send_nothing(sides):
    intake, office = sides
    intake.apply("form-1")
    data = intake.export()
    Peer.objects.filter(county=office.audit.county).update(confirmed_at=None)
    with pytest.raises(Refused, match="核对指纹"):
        office.bring_in(data)
    Peer.objects.filter(county=office.audit.county).update(sign_key="0" * 64)
    with pytest.raises(Refused, match="不认识这个数据包的发送端"):
        office.bring_in(data)


def test_nothing_personal_can_be_read_from_a_package(sides):
    intake, _ = sides
    intake.apply("form-1")
    data = intake.export()
    assert b"PK\x03\x04" not in data
    for word in (WHO.name, WHO.identity, WHO.phone, "公路", NAME):
        assert word.encode() not in data
    stored = Package.objects.get().file
    assert WHO.name.encode() not in bytes(stored.name)


def test_an_organ_that_the_office_does_not_know_stops_the_whole(sides):
    intake, office = sides
    intake.apply("form-1")
    Organ.objects.filter(pk=office.organ.pk).update(name="另一个机关")
    with pytest.raises(Refused, match="没有登记这个机关"):
        office.bring_in(intake.export())
    assert office.applications.count() == 0


@pytest.mark.parametrize("card", ["", "gongkai-key:1:00:00", "gongkai-key:2:" + "0" * 64 + ":" + "0" * 64, "你好"])
def test_a_line_that_is_no_key_is_refused(sides, card):
    side = sides[0].here()
    with pytest.raises(Refused, match="公钥不完整"):
        services.add_peer(audit=side.audit, name="第三端", side="office", card=card)
    with pytest.raises(Refused, match="本系统自己的公钥"):
        services.add_peer(audit=side.audit, name="第三端", side="office", card=sealing.own_keys().card)


def test_the_pages_carry_a_package(desk, county, audit, sides):
    intake, office = sides
    intake.here()
    intake.apply("form-1")
    page = desk.get("/packages").content.decode()
    assert "1条" in page
    assert "导出第1号" in page
    peer = intake.peer
    assert desk.post(f"/packages/to/{peer.pk}", follow=True).status_code == 200
    made = Package.objects.get(direction="out")
    data = desk.get(f"/packages/{made.pk}/file").content
    again = desk.post(f"/packages/to/{peer.pk}")
    assert again.status_code == 422
    assert "没有新的内容" in again.content.decode()
    office.bring_in(data)
    keys = intake.here() and desk.get("/packages/keys").content.decode()
    assert peer.keys.fingerprint in keys
    assert sealing.own_keys().card in keys
    from io import BytesIO

    wrong = BytesIO(b"not a package")
    wrong.name = "x.gkp"
    refused = desk.post("/packages/import", {"file": wrong})
    assert "这不是本系统的数据包" in refused.content.decode()
