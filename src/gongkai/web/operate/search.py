"""`gongkai search`: the search compared with what is released, put right or made anew; and the look before a start."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.web.operate.prepare import prepare_store


@dataclass(frozen=True, slots=True)
class Done:
    """What was found or done, in a sentence; whether the search is now what is released."""

    words: str
    right: bool


def check() -> Done:
    """Compare every word."""
    prepare_store()
    from gongkai.web.proactive.services.searching import differences

    found = differences()
    if not found:
        return Done(f"检索与已发布的{found.looked_at}件内容一致。", right=True)
    return Done(
        f"检索与已发布的内容不一致：缺少或者有出入的{len(found.lacking)}件，多出的{len(found.surplus)}件。"
        "请运行 gongkai search repair。",
        right=False,
    )


def repair() -> Done:
    """Compare every word and put right what differs; who searches meanwhile is not kept waiting."""
    prepare_store()
    from gongkai.web.proactive.services.searching import differences, put_right

    found = differences()
    put_right(found)
    changed = len(found.lacking) + len(found.surplus)
    words = f"已经改正{changed}件。" if changed else "没有需要改正的。"
    return Done(f"核对了{found.looked_at}件已发布的内容，{words}", right=True)


def rebuild() -> Done:
    """Make the search anew."""
    prepare_store()
    from gongkai.web.proactive.services.searching import rebuild_all

    return Done(f"检索已经重做，共{rebuild_all()}件。", right=True)


def ready() -> str:
    """Before a start, after a restore or an upgrade too: put right what differs. What was done, or nothing.

    The tables must be up to date.
    """
    from gongkai.web.proactive.services.searching import differences, put_right, seems_whole
    from gongkai.web.search.embedded.following import check as index_is_sound

    said = "" if index_is_sound() else "按相关程度排列的索引不能用，已经移开，由后台重做。"
    if seems_whole():
        return said
    found = differences()
    put_right(found)
    return f"{said}检索与已发布的内容不一致，已经改正{len(found.lacking) + len(found.surplus)}件。"
