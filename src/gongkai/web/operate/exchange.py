"""`gongkai import-applications` and `gongkai package`: applications that come as files, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.web.operate.prepare import prepare_store

if TYPE_CHECKING:
    from gongkai.web.exchange.importing import Done


def _desk() -> tuple[Any, Any]:
    """The county and the audit of whoever sits at this machine."""
    prepare_store()
    from gongkai.web.annual.desk import open_desk
    from gongkai.web.audit.services import Audit
    from gongkai.web.people.selectors import local_operator

    county, person = open_desk(), local_operator()
    if person is None:
        raise ValueError("本系统尚未初始化，请先运行 gongkai serve")
    return county, Audit(actor=person.pk, county=county.pk)


def import_applications(path: Path, *, organ: str, dry_run: bool) -> Done:
    """Register the applications of a platform's file. ValueError in a sentence for what cannot be read."""
    data = path.read_bytes()
    county, audit = _desk()
    from gongkai.web.exchange.importing import bring_in, organs_by_name, read_file

    organs = organs_by_name(county.pk)
    if organ and organ not in organs:
        raise ValueError(f"没有登记“{organ}”这个机关，请先运行 gongkai organ add {organ} --kind 性质")
    return bring_in(
        audit=audit, bundle=read_file(path.name, data), organs=organs, usual=organs.get(organ), dry_run=dry_run
    )


def _peer(county: Any, name: str) -> Any:
    from gongkai.web.exchange.selectors import peer_named, peers

    found = peer_named(county.pk, name)
    if found is None:
        known = "、".join(row.peer.name for row in peers(county.pk)) or "没有"
        raise ValueError(f"没有登记名为“{name}”的对端，已登记的：{known}。请在“数据包”页面登记并核对指纹")
    return found


def export_package(to: str, target: Path) -> str:
    """Write the next package for a side into a folder or a new file; what was written, in a sentence."""
    county, audit = _desk()
    from gongkai.web.exchange.services import export
    from gongkai.web.files.services import read

    peer = _peer(county, to)
    if target.exists() and not target.is_dir():
        raise ValueError(f"“{target.name}”已经存在，请换一个文件名")
    made = export(audit=audit, peer=peer)
    assert made.file is not None
    place = target / made.file.plain_name if target.is_dir() else target
    place.write_bytes(read(made.file.pk))
    counts = made.counts
    return (
        f"已导出给“{peer.name}”的第{made.number}号数据包“{place.name}”："
        f"申请{counts['applications']}件，办理情况{counts['facts']}条，文件{counts['files']}个。"
    )


def import_package(source: Path, sender: str) -> str:
    """Take a package in; what came in, in a sentence. ValueError in a sentence when it is refused."""
    data = source.read_bytes()
    county, audit = _desk()
    from gongkai.web.exchange.services import bring_in, open_package

    if sender:
        peer = _peer(county, sender)
        if open_package(county.pk, data).peer.pk != peer.pk:
            raise ValueError(f"这个数据包不是“{peer.name}”发出的，没有导入")
    done = bring_in(audit=audit, data=data)
    counts = done.counts
    return (
        f"已导入“{done.peer.name}”的第{done.number}号数据包："
        f"申请{counts['applications']}件，办理情况{counts['facts']}条，文件{counts['files']}个。"
    )


def list_packages() -> list[str]:
    """Who is on the other side, what waits, and which numbers come next."""
    county, _ = _desk()
    from gongkai.web.exchange.selectors import our_keys, peers

    lines = [f"本端指纹　{our_keys().fingerprint}"]
    for row in peers(county.pk):
        state = (
            "已停用" if row.peer.ended_at else f"等待导出{row.waiting}条" if row.peer.confirmed_at else "尚未核对指纹"
        )
        lines.append(
            f"{row.side}“{row.peer.name}”　{state}　下一个：导出第{row.next_out}号，导入第{row.next_in}号　{row.fingerprint}"
        )
    return lines
