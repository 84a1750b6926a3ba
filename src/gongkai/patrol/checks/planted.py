"""What strangers plant in a page, and what a page gives away unencrypted."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.patrol.addresses import host_of, shown
from gongkai.patrol.results import Hit
from gongkai.patrol.seen import Seen
from gongkai.patrol.sitefile import Site
from gongkai.text.normal import fold


def _known(address: str, hosts: frozenset[str], site: Site) -> bool:
    host = host_of(address)
    bare = host.partition(":")[0]
    return host in hosts or any(known in (host, bare) or bare.endswith(f".{known}") for known in site.trusted)


def foreign_scripts(seen: Seen, hosts: frozenset[str], site: Site) -> Iterator[Hit]:
    """Scripts taken from a host that is neither the site's nor trusted by it."""
    for address in seen.scripts:
        if not _known(address, hosts, site):
            target = address.partition("?")[0]
            why = f"页面从“{host_of(address)}”加载脚本，该主机不在可信来源之内。"
            yield Hit("foreign_script", seen.url, target, "页面源代码", shown(target), why)


def hidden_links(seen: Seen, hosts: frozenset[str], site: Site) -> Iterator[Hit]:
    """Links to strangers in parts of the page that no visitor sees."""
    for link in seen.links:
        if link.hidden and link.role == "page" and not _known(link.url, hosts, site):
            why = f"页面上看不见的部分有指向“{host_of(link.url)}”的链接。"
            yield Hit("hidden_link", seen.url, link.url, "页面上不显示的部分", link.words, why)


def bad_words(seen: Seen, hosts: frozenset[str], site: Site) -> Iterator[Hit]:
    """Words of gambling and the like where no report about fighting them stands: title, meta data, links to strangers."""
    places = [("网页标题", seen.title)]
    places += [
        ("网页的元数据", content) for name, content in seen.metas if name in ("keywords", "description", "title")
    ]
    places += [
        ("看不见的链接" if link.hidden else "指向外站的链接", link.words)
        for link in seen.links
        if link.words and (link.hidden or not _known(link.url, hosts, site))
    ]
    told = set()
    for place, text in places:
        folded = fold(text)
        for word in site.bad_words:
            if word in folded and (place, word) not in told:
                told.add((place, word))
                yield Hit("bad_words", seen.url, "", place, word, f"{place}中有“{word}”。")


def insecure_forms(seen: Seen) -> Iterator[Hit]:
    """Forms whose content travels in the open."""
    for form in seen.forms:
        action = form.action or seen.url
        if seen.url.startswith("https:") and action.startswith("http:"):
            why = "加密页面上的表单把填写的内容不加密发送出去。"
            yield Hit("insecure_form", seen.url, action, "表单", shown(action), why)
        elif form.secret and not action.startswith("https:"):
            why = "表单要求填写密码，但页面没有加密。"
            yield Hit("insecure_form", seen.url, action, "表单", shown(action), why)


def mixed_content(seen: Seen) -> Iterator[Hit]:
    """What an encrypted page loads in the open."""
    if seen.url.startswith("https:"):
        for address in seen.taken:
            if address.startswith("http:"):
                yield Hit(
                    "mixed_content", seen.url, address, "页面源代码", shown(address), "加密页面引用了未加密的内容。"
                )
