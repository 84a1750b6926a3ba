"""A folder that somebody carries to the site: a page for each entry with its files, written whole or not at all.

Files are written before the page that links to them and removed after it, so that whoever copies the folder while it
is written gets a page with all its files.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

from gongkai.web.cms.adapters import Answer, Gone, NotDone
from gongkai.web.cms.outgoing import Outgoing
from gongkai.web.failpoints import failpoint

PAGES = "条目"
PART = ".part-"


def write(path: Path, data: bytes) -> bool:
    """Write a file whole or not at all, to the disk. Whether it was other bytes before."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=PART)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(part).chmod(0o644)
        failpoint("cms.half_written")
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    return True


class FolderAdapter:
    """A folder of the export folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, page: Outgoing, key: str, place: str) -> Answer:
        """Write the page and its files; what is there already stays untouched."""
        folder = self.root / PAGES / page.slug
        try:
            wanted = {file.path for file in page.files}
            for file in page.files:
                if not (folder / file.path).is_file() or (folder / file.path).stat().st_size != file.size:
                    write(folder / file.path, file.data)
            write(folder / "index.html", page.html.encode())
            write(folder / "metadata.json", json.dumps(page.metadata, ensure_ascii=False, indent=1).encode())
            for path in (folder / "files").glob("*"):
                if f"files/{path.name}" not in wanted:
                    path.unlink()
        except OSError as error:
            raise NotDone(f"写不进导出文件夹：{error.strerror or '磁盘出错'}") from error
        return Answer(f"{PAGES}/{page.slug}")

    def remove(self, gone: Gone, key: str) -> Answer:
        """Remove the page with its files: the page first, so that nothing links to what is not there."""
        folder = self.root / gone.place
        if not gone.place.startswith(f"{PAGES}/") or folder.parent != self.root / PAGES:
            return Answer(gone.place)
        try:
            (folder / "index.html").unlink(missing_ok=True)
            if folder.exists():
                shutil.rmtree(folder)
        except OSError as error:
            raise NotDone(f"删不掉导出文件夹中的条目：{error.strerror or '磁盘出错'}") from error
        return Answer(gone.place)
