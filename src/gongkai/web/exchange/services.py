"""The border between two networks: who is on the other side, packages out, packages in; each once and in order."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.onrequest.events import Event, Kind
from gongkai.web.audit.services import Audit
from gongkai.web.exchange import sealing
from gongkai.web.exchange.bundle import MOST_BYTES, Bundle, Told, of_zip
from gongkai.web.exchange.content import FACTS, INDEX, WORDS, gather
from gongkai.web.exchange.importing import incoming_of, organs_by_name
from gongkai.web.exchange.models import SIDES, Item, Package, Peer
from gongkai.web.exchange.selectors import next_number
from gongkai.web.facts import Refused
from gongkai.web.files.services import store
from gongkai.web.onrequest.models import Application, CaseEvent
from gongkai.web.onrequest.services.attachments import Upload, attach, look_through
from gongkai.web.onrequest.services.facts import locked, renew, write_event
from gongkai.web.onrequest.services.intake import Incoming, register
from gongkai.web.onrequest.services.records import record
from gongkai.web.organs.models import Organ

REASON = "由数据包导入"
ENDING = ".gkp"


def add_peer(*, audit: Audit, name: str, side: str, card: str, organ: Organ | None = None) -> Peer:
    """Another side, by the line that tells its keys. Nothing goes there before the fingerprint was compared."""
    plain = " ".join(name.split())
    if not 2 <= len(plain) <= 60:
        raise Refused("请填写对方的名称，2至60个字。")
    if side not in dict(SIDES):
        raise Refused("请选择对方是办理端还是受理端。")
    keys = sealing.keys_of(card)
    try:
        with transaction.atomic():
            peer = Peer.objects.create(
                county=audit.county,
                name=plain,
                side=side,
                organ=organ if side == "office" else None,
                sign_key=keys.sign,
                box_key=keys.box,
                by=audit.actor,
            )
            audit.record("exchange.add_peer", peer, {"fingerprint": keys.fingerprint, "side": side})
    except IntegrityError:
        raise Refused(f"已经有名为“{plain}”的对端，请换一个名称。") from None
    return peer


def confirm_peer(*, audit: Audit, peer: Peer) -> None:
    """Someone compared the fingerprint with the other side, by phone or face to face."""
    with transaction.atomic():
        if not Peer.objects.filter(pk=peer.pk, confirmed_at=None, ended_at=None).update(confirmed_at=timezone.now()):
            raise Refused("已经核对过，或者已经停用。")
        audit.record("exchange.confirm_peer", peer, {"fingerprint": peer.keys.fingerprint})


def end_peer(*, audit: Audit, peer: Peer) -> None:
    """Nothing goes there or comes from there any more."""
    with transaction.atomic():
        if not Peer.objects.filter(pk=peer.pk, ended_at=None).update(ended_at=timezone.now()):
            raise Refused("这个对端已经停用。")
        audit.record("exchange.end_peer", peer)


def _held(peer: Peer) -> Peer:
    """The other side, locked until the transaction ends. Refused when nothing may pass."""
    held = Peer.objects.select_for_update().get(pk=peer.pk)
    if held.ended_at:
        raise Refused(f"对端“{held.name}”已经停用。")
    if not held.confirmed_at:
        raise Refused(f"请先与“{held.name}”核对指纹并确认，再导出或者导入数据包。")
    return held


def export(*, audit: Audit, peer: Peer) -> Package:
    """Write what the other side does not know yet into the next package. Refused when there is nothing."""
    with transaction.atomic():
        held = _held(peer)
        content = gather(audit, held)
        if not content.applications and not content.facts:
            raise Refused("没有新的内容要导出。")
        number = next_number(held, "out")
        header = sealing.Header(
            sealing.own_keys().fingerprint, held.keys.fingerprint, number, timezone.now().isoformat(timespec="seconds")
        )
        data = sealing.seal(content.to_bytes(), header, held.keys)
        package = Package.objects.create(
            county=audit.county,
            peer=held,
            direction="out",
            number=number,
            sha256=hashlib.sha256(data).hexdigest(),
            counts=content.counts,
            file=store(audit=audit, name=f"{held.name}-{number:05d}{ENDING}", data=data),
            by=audit.actor,
        )
        _know(package, [(kind, key, key) for kind, key in content.known])
        audit.record("exchange.export", package, {"number": number, "sha256": package.sha256, **content.counts})
    return package


def _know(package: Package, known: list[tuple[str, uuid.UUID, uuid.UUID]]) -> None:
    Item.objects.bulk_create(
        (
            Item(county=package.county, peer=package.peer, package=package, kind=kind, key=key, local=local)
            for kind, key, local in known
        ),
        batch_size=500,
    )


# ── coming in ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Opened:
    """A package that was proved to be what it says, in its turn."""

    peer: Peer
    number: int
    sha256: str
    bundle: Bundle
    facts: list[dict[str, Any]]
    index: dict[str, Any]


def open_package(county: uuid.UUID, data: bytes) -> Opened:
    """Prove and open a package, and look whether it is its turn. Refused in one sentence for whatever is wrong."""
    if len(data) > MOST_BYTES:
        raise Refused(f"数据包超过{MOST_BYTES // 1024 // 1024}MB，没有导入。")
    header = sealing.header_of(data)
    if header.recipient != sealing.own_keys().fingerprint:
        raise Refused("这个数据包是发给另一端的，本系统打不开。请核对拿到的是不是给本端的那一个。")
    mine = [peer for peer in Peer.objects.filter(county=county) if peer.keys.fingerprint == header.sender]
    if not mine:
        raise Refused(f"不认识这个数据包的发送端（指纹{header.sender[:60]}）。请先在“数据包”页面交换公钥。")
    peer = next((each for each in mine if each.ended_at is None), mine[0])
    plain = sealing.unseal(data, peer.keys)
    with transaction.atomic():
        _held(peer)
    sha256 = hashlib.sha256(data).hexdigest()
    _check_turn(peer, header.number, sha256)
    bundle = of_zip(plain, empty=True)
    archive = bundle.archive
    assert archive is not None
    try:
        facts = [json.loads(line) for line in archive.read(FACTS).splitlines() if line.strip()]
        index = json.loads(archive.read(INDEX))
    except ValueError:
        raise Refused(sealing.DAMAGED) from None
    return Opened(peer, header.number, sha256, bundle, facts, index)


def _check_turn(peer: Peer, number: int, sha256: str) -> None:
    due = next_number(peer, "in")
    if number == due:
        return
    if number > due:
        lacking = f"第{due}号" if number == due + 1 else f"第{due}至{number - 1}号"
        raise Refused(f"缺少“{peer.name}”的{lacking}数据包（这是第{number}号），请先导入前面的。")
    before = Package.objects.filter(peer=peer, direction="in", number=number).first()
    if before and before.sha256 == sha256:
        raise Refused(f"“{peer.name}”的第{number}号数据包以前导入过，没有再次导入。")
    raise Refused(f"“{peer.name}”的第{number}号数据包以前导入过，而这一份的内容与它不同，没有导入。请与对方核对。")


def bring_in(*, audit: Audit, data: bytes) -> Package:
    """Take a package in: all of it in one transaction, or nothing."""
    opened = open_package(audit.county, data)
    if opened.bundle.doubts:
        raise Refused(f"数据包中有不能识别的申请，没有导入：{opened.bundle.doubts[0]}")
    organs = organs_by_name(audit.county)
    incoming = [_incoming(opened, told, organs) for told in opened.bundle.told]
    uploads = {fact["id"]: _upload(opened, fact) for fact in opened.facts if fact.get("type") in ("file", "letter")}
    with transaction.atomic():
        peer = _held(opened.peer)
        _check_turn(peer, opened.number, opened.sha256)
        package = Package.objects.create(
            county=audit.county,
            peer=peer,
            direction="in",
            number=opened.number,
            sha256=opened.sha256,
            counts={"applications": len(incoming), "facts": len(opened.facts), "files": len(uploads)},
            by=audit.actor,
        )
        for told, each in zip(opened.bundle.told, incoming, strict=True):
            _take(audit, package, told, each, opened.index.get(told.key, {}))
        _Facts(audit, package, uploads).take(opened.facts)
        audit.record("exchange.import", package, {"number": package.number, "sha256": package.sha256, **package.counts})
    return package


def _incoming(opened: Opened, told: Told, organs: dict[str, Organ]) -> Incoming:
    organ = organs.get(told.organ)
    if organ is None:
        raise Refused(f"数据包中的申请要由“{told.organ}”受理，本系统没有登记这个机关，没有导入。请先登记机关。")
    once = "package:" + hashlib.sha256(f"{opened.peer.sign_key}{told.key}".encode()).hexdigest()
    return incoming_of(told, organ, once, opened.bundle)


def _upload(opened: Opened, fact: dict[str, Any]) -> Upload:
    archive = opened.bundle.archive
    assert archive is not None
    letter = "letter" if fact.get("type") == "letter" else "released"
    role = letter if opened.peer.side == "office" else "supplement"
    return look_through(str(fact.get("name", "附件")), archive.read(str(fact.get("path", ""))), role)


def _take(audit: Audit, package: Package, told: Told, incoming: Incoming, index: dict[str, Any]) -> None:
    """An application of the other side: registered here under our own number; theirs stands in a note."""
    done = register(audit=audit, incoming=incoming)
    application = done.application
    received = CaseEvent.objects.filter(application=application, kind=Kind.RECEIVED.value).order_by("id")[0]
    key = uuid.UUID(told.key)
    if not done.again:
        words = f"受理端“{package.peer.name}”的编号：{str(index.get('number', ''))[:60]}"
        record(audit=audit, application=application, kind="note", on=timezone.localdate(), words=words)
    _know(
        package,
        [
            ("application", key, application.pk),
            ("event", uuid.UUID(str(index.get("received", received.pk))), received.pk),
        ],
    )


def _there(key: uuid.UUID | None) -> uuid.UUID:
    """The key of what must be there. KeyError when it is not."""
    if key is None:
        raise KeyError("application")
    return key


class _Facts:
    """What the other side tells of applications that both know."""

    def __init__(self, audit: Audit, package: Package, uploads: dict[str, Upload]) -> None:
        self.audit, self.package, self.uploads = audit, package, uploads
        self.kinds = {kind.value for kind in Kind} - {Kind.RECEIVED.value}

    def _local(self, kind: str, key: str) -> uuid.UUID | None:
        found = Item.objects.filter(peer=self.package.peer, kind=kind, key=uuid.UUID(key))
        return found.values_list("local", flat=True).first()

    def take(self, facts: list[dict[str, Any]]) -> None:
        """Write each once; then what follows from them. Refused for what is not as described."""
        touched: dict[uuid.UUID, Application] = {}
        try:
            for fact in facts:
                if self._local(fact["type"], fact["id"]):
                    continue
                local = self._local("application", fact["application"])
                application = touched.get(local) if local else None
                if application is None:
                    application = Application.objects.get(pk=_there(local), county=self.audit.county)
                    locked(application)
                    touched[application.pk] = application
                row = self._write(application, fact)
                _know(self.package, [(fact["type"], uuid.UUID(fact["id"]), row)])
        except (KeyError, TypeError, ValueError, AttributeError, Application.DoesNotExist) as error:
            if isinstance(error, Refused):
                raise
            raise Refused("数据包中有不能识别的内容，没有导入。请核对两端的版本是否一致。") from None
        for application in touched.values():
            renew(application)

    def _write(self, application: Application, fact: dict[str, Any]) -> uuid.UUID:
        match fact["type"]:
            case "event":
                return self._event(application, fact)
            case "record":
                if fact["kind"] not in WORDS:
                    raise ValueError(fact["type"])
                told = {str(k): str(v)[:20_000] for k, v in fact["words"].items()}
                on = date.fromisoformat(fact["on"])
                return record(audit=self.audit, application=application, kind=fact["kind"], on=on, told=told).pk
            case "file" | "letter":
                return attach(audit=self.audit, application=application, file=self.uploads[fact["id"]]).pk
            case _:
                raise ValueError("type")

    def _event(self, application: Application, fact: dict[str, Any]) -> uuid.UUID:
        kind = Kind(fact["kind"])
        corrects = None
        if fact["corrects"]:
            local = self._local("event", fact["corrects"])
            if local:
                corrects = CaseEvent.objects.filter(application=application, pk=local, corrected_by=None).first()
        if kind is Kind.RECEIVED and corrects is None:
            raise ValueError("received")
        event = Event(
            kind,
            date.fromisoformat(fact["on"]),
            until=date.fromisoformat(fact["until"]) if fact["until"] else None,
            days=int(fact["days"]) if fact["days"] is not None else None,
            matter=str(fact["matter"])[:80],
            decision=str(fact["decision"])[:10],
        )
        return write_event(
            self.audit, application, event, reason=REASON, corrects=corrects, void=fact["void"] is True
        ).pk
