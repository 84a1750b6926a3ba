"""The lists beside the pages of a folder: what is in it, what is to be taken down, and the form that comes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from gongkai.documents.plain_table import table
from gongkai.web.cms.adapters.folder import PAGES, write
from gongkai.web.cms.models import Exported, Target
from gongkai.web.cms.selectors.standing import addresses, latest, pending_removals

CATALOGUE, REMOVALS, FORM = "目录", "撤下清单", "上线登记表"


def write_lists(target: Target, root: Path) -> None:
    """Write the lists anew from what was noted; a list that says the same as before is not touched."""
    rows = [row for row in latest(target) if row.act in ("put", "refused_removal")]
    known = addresses(target.county, [row.item for row in rows], target)
    entries = [_entry(root, row) for row in rows]
    heads = [
        ("索引号", 30),
        ("名称", 60),
        ("发文字号", 24),
        ("发布机构", 24),
        ("发布日期", 14),
        ("栏目", 30),
        ("文件夹", 60),
    ]
    write(root / f"{CATALOGUE}.json", json.dumps(entries, ensure_ascii=False, indent=1).encode())
    told = [
        (e["index_number"], e["title"], e.get("document_number", ""), e.get("issuing_organ", ""),
         e.get("published_on", ""), "、".join(e.get("columns", [])), e["place"])
        for e in entries
    ]  # fmt: skip
    write(root / f"{CATALOGUE}.xlsx", table(CATALOGUE, heads, told, dated=False))
    form = [(row.index_number, row.title, known[row.item].address if row.item in known else "", "") for row in rows]
    write(root / f"{FORM}.xlsx", form_bytes(form))
    gone = [
        {
            "index_number": row.index_number,
            "title": row.title,
            "because": row.because,
            "since": timezone.localtime(row.recorded_at).isoformat(timespec="seconds"),
            "address": row.address,
        }
        for row in pending_removals(target)
    ]
    write(root / f"{REMOVALS}.json", json.dumps(gone, ensure_ascii=False, indent=1).encode())
    heads = [("索引号", 30), ("名称", 60), ("原因", 16), ("撤下时间", 22), ("网址", 60)]
    lines = [tuple(str(each[key]) for key in ("index_number", "title", "because", "since", "address")) for each in gone]
    write(root / f"{REMOVALS}.xlsx", table(REMOVALS, heads, lines, dated=False))


def form_bytes(rows: list[tuple[str, str, str, str]]) -> bytes:
    """The form on which the site's address and the day on line come back."""
    heads = [("索引号", 30), ("名称", 60), ("网址", 60), ("上线日期", 14), ("状态", 12)]
    return table(FORM, heads, rows, dated=False)


def _entry(root: Path, row: Exported) -> dict[str, Any]:
    """What the folder itself says of an entry."""
    try:
        said = json.loads((root / row.place / "metadata.json").read_text("utf-8"))
    except (OSError, ValueError):
        said = {"index_number": row.index_number, "title": row.title}
    return {**said, "place": row.place if row.place.startswith(PAGES) else ""}
