"""What several formats share: names written over, links and paths, properties, pictures inside a package."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gongkai.readers.formats.package import Package, local
from gongkai.readers.precheck.flow import Found
from gongkai.readers.precheck.values import Hit, Place, hit

_INSIDE = re.compile(
    r"^(?:https?|ftp)://(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|[^./:]+(?:[:/]|$))",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"^(?:file:|[A-Za-z]:[\\/]|\\\\)", re.IGNORECASE)
_PATH = re.compile(
    r"(?<![A-Za-z])(?:file:/{2,3})?[A-Za-z]:[\\/][^\s，。；、“”<>|\"]{3,180}|\\\\[\w.-]+\\[^\s，。；、“”<>|\"]{2,160}|/(?:Users|home)/[^\s，。；、“”<>|\"]{2,160}"
)
_USER = re.compile(r"(?i)((?:Users|home|Documents and Settings)[\\/]+)([^\\/]+)")
_HAN_NAME = re.compile(r"[一-鿿·]{2,4}")

PROPERTIES = {
    "creator": "作者", "lastModifiedBy": "最后修改者", "title": "标题", "subject": "主题", "keywords": "关键词", "description": "备注",
    "category": "类别", "Company": "单位", "Manager": "经理", "Template": "模板", "HyperlinkBase": "超链接基础", "Author": "作者",
    "Title": "标题", "Subject": "主题", "Keywords": "关键词", "Creator": "制作软件", "Producer": "生成软件",
}  # fmt: skip
_OF_PERSONS = frozenset(("creator", "lastModifiedBy", "Manager", "Author"))
_ALWAYS_SAID = frozenset(
    ("creator", "lastModifiedBy", "Company", "Manager", "Author", "description", "Template", "HyperlinkBase")
)
_OF_SOFTWARE = re.compile(
    r"(?i)^(?:un-?named|administrator|admin|user|openpyxl|python-docx|microsoft.*|wps.*|kingsoft.*|libreoffice.*|normal(?:\.dot[mx]?)?|typst.*|)$"
)


def name_shown(name: str) -> str:
    """A person's name or account with all but its beginning written over."""
    bare = name.strip()
    if _HAN_NAME.fullmatch(bare):
        return bare[0] + "＊" * (len(bare) - 1)
    return bare[:2] + "＊" * min(max(len(bare) - 2, 0), 8)


def path_shown(path: str) -> str:
    """A path with the account in it written over."""
    return _USER.sub(lambda found: found[1] + name_shown(found[2]), path)[:80]


def property_hit(name: str, value: str, place: Place) -> Hit | None:
    """The hit for a property of a file that says more than which program wrote it; None for the others."""
    said = " ".join(value.split())
    label = PROPERTIES.get(name)
    if label is None or not said or _OF_SOFTWARE.match(said):
        return None
    if name in _OF_PERSONS:
        return hit("metadata", place, name_shown(said), says=f"文件属性中的“{label}”写有姓名或者账号。")
    if _PATH.search(said):
        return hit("local_path", place, path_shown(said), says=f"文件属性中的“{label}”写有本机路径。")
    return hit("metadata", place, said[:60], says=f"文件属性中的“{label}”有内容。") if name in _ALWAYS_SAID else None


def office_properties(package: Package, found: Found) -> None:
    """The properties of a DOCX or XLSX: what is told of its authors."""
    place = Place("metadata", "文件属性")
    for part in ("docProps/core.xml", "docProps/app.xml"):
        for element in package.xml(part) if part in package else ():
            name, value = local(element), "".join(map(str, element.itertext()))
            said = property_hit(name, value, place)
            if said is not None:
                found.hits.append(said)
            if name in PROPERTIES and name not in _OF_PERSONS:
                found.say(value, place)
    if "docProps/custom.xml" in package:
        values = [
            (str(element.get("name", "")), "".join(map(str, element.itertext())).strip())
            for element in package.xml("docProps/custom.xml")
        ]
        # Programs leave numbers of their own versions here (KSOProductBuildVer, ICV).
        told = [
            (name, value)
            for name, value in values
            if value and not re.match(r"(?i)kso|icv|commondata|_dlc|workbookguid", name)
        ]
        if told:
            names = "、".join(name[:20] for name, _ in told[:6])
            found.hits.append(hit("metadata", place, names, says=f"文件带有{len(told)}项自定义属性。"))
        for _, value in told:
            found.say(value, place)


def link_hit(target: str, place: Place, what: str) -> Hit:
    """The hit for an address that a file takes something from; `what` that is."""
    return _inward(target, place, what) or hit("external_link", place, target[:80], says=f"{what}来自外部地址。")


def _inward(target: str, place: Place, what: str = "链接") -> Hit | None:
    """The hit for an address on a computer or in an inner network; None for what anybody may open."""
    if _LOCAL.match(target):
        return hit("local_path", place, path_shown(target), says=f"{what}指向本机或者内部网络的文件。", grade="doubt")
    if _INSIDE.match(target):
        return hit("external_link", place, target[:80], says=f"{what}指向内部网络的地址。", grade="doubt")
    return None


def links(targets: list[tuple[str, Place]], found: Found) -> None:
    """Hits for hyperlinks: each that leads inside, and one for all that lead to the public net."""
    outside: list[tuple[str, Place]] = []
    told = set()
    for target, place in targets:
        if target in told or target.startswith(("#", "mailto:", "tel:", "javascript:void")):
            continue
        told.add(target)
        said = _inward(target, place)
        if said is not None:
            found.hits.append(said)
        elif re.match(r"(?i)https?://", target):
            outside.append((target, place))
    if outside:
        first, place = outside[0]
        says = f"文件中有{len(outside)}个指向外部网站的链接。"
        also = tuple(target[:80] for target, _ in outside[1:20])
        said = hit("external_link", place, first[:80], says=says)
        found.hits.append(replace(said, count=len(outside), also=also))


def paths(text: str, place: Place) -> Iterator[Hit]:
    """Paths of a computer written in a text."""
    for met in _PATH.finditer(text):
        yield hit("local_path", place, path_shown(met.group()))
