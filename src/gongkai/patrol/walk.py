"""The walk: breadth first from the start pages and columns, politely, bounded, and so that it can be taken up again.

What is asked for next follows from the pages in the result file alone, in their order. So a walk that is resumed goes
on exactly as it would have gone on.
"""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain

from gongkai import __version__
from gongkai.patrol import checks
from gongkai.patrol.addresses import host_of, within
from gongkai.patrol.asking import Asking
from gongkai.patrol.checks import site as on_walk
from gongkai.patrol.checks.words import OpenFile
from gongkai.patrol.clock import Clock
from gongkai.patrol.fetch import Fetcher
from gongkai.patrol.looking import look
from gongkai.patrol.results import ABOUT_TARGET, Header, Hit, Page, Result, Role, Summary, line
from gongkai.patrol.settings import Settings

_AGAIN = frozenset(("timeout", "connect", "name", "tls", "protocol", "short", "server", "refused"))
"""What may be otherwise at another time."""
_SAME_WORDS = 3
"""Pages on which the same words are told; on how many more they stand is counted."""
ON_WALK = frozenset(
    ("dead_link", "broken_picture", "broken_file", "blank_column", "stale_column", "own_stale_column", "undated_column",
     "undated_item", "fixed_parts_changed", "title_changed")
)  # fmt: skip
"""Kinds that only the whole walk tells; the others are told of each page by itself."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to be asked for."""

    url: str
    role: Role
    depth: int
    found_on: str


class Walk:
    """One walk. `write` takes the bytes of each page with its hits; `tell` is told how far it is; `open_file` opens files."""

    def __init__(
        self,
        settings: Settings,
        fetcher: Fetcher,
        clock: Clock,
        write: Callable[[bytes], None],
        *,
        earlier: Result | None = None,
        begun: Result | None = None,
        tell: Callable[[int, int], None] = lambda done, waiting: None,
        open_file: OpenFile | None = None,
    ) -> None:
        self.settings, self.clock, self._tell = settings, clock, tell
        if settings.files and open_file is None:
            raise ValueError("files of other sites are opened only within bounds: say how")
        self._fetcher, self._out, self._open_file = fetcher, write, open_file
        self.earlier = earlier
        self.asking = Asking(settings, fetcher, clock)
        self.pages: dict[str, Page] = {}
        self.hits: list[Hit] = []
        self._digest = hashlib.sha256()
        self._queue: deque[Step] = deque()
        self._known: set[str] = set()
        self._landed: set[str] = set()
        self._left: set[str] = set()
        self._asked: Counter[str] = Counter()
        self._told: set[str] = set()
        self._same: Counter[tuple[str, str]] = Counter()
        self._taken = 0
        self._ended = "done"
        self._header = begun.header if begun else self._new_header()
        self._begin(begun)

    def _new_header(self) -> Header:
        site = self.settings.site.name or host_of(self.settings.starts[0])
        settings = self.settings.to_json(earlier=self.earlier is not None)
        now = self.clock.now().isoformat(timespec="seconds")
        return Header(site, __version__, now, self.settings.starts, tuple(sorted(self.settings.allowed)), settings)

    def _begin(self, begun: Result | None) -> None:
        for url in (*self.settings.starts, *(column.address for column in self.settings.site.columns)):
            if within(url, self.settings.allowed):
                self._enqueue(Step(url, "page", 0, ""))
        if begun is None:
            self._write(line("header", self._header))
            return
        for hit in begun.hits:
            self._note(hit)
        for page in begun.pages.values():
            self._asked[page.role] += 1
            self._keep(page)

    def kept(self, data: bytes) -> None:
        """What the file held already when the walk is resumed: it belongs to the digest of the whole."""
        self._digest.update(data)

    # ---- going --------------------------------------------------------------------------------------------------

    def go(self) -> Result:
        """Walk until everything was seen or a bound is met; the whole result."""
        since = self.clock.seconds()
        try:
            self._first(since)
            self._second(since)
        except KeyboardInterrupt:
            self._ended = "interrupted"
            return Result(self._header, self.pages, tuple(self.hits), None)
        return self._finish()

    def _over(self, since: float) -> bool:
        """Whether the bounds on bytes or time end the walk; that on pages only leaves out what is new."""
        if self._taken > self.settings.megabytes * 1024 * 1024:
            self._ended = "bytes"
        elif self.clock.seconds() - since > 60 * self.settings.minutes:
            self._ended = "time"
        return self._ended in ("bytes", "time")

    def _first(self, since: float) -> None:
        while self._queue:
            step = self._queue.popleft()
            if step.url in self.pages or (step.depth and step.url in self._landed):
                continue
            if self._over(since):
                self._queue.appendleft(step)
                return
            if self._asked[step.role] >= (self.settings.pages if step.role == "page" else self.settings.resources):
                self._ended = "pages"
                self._left.add(step.url)
                continue
            self._asked[step.role] += 1
            self._visit(step, 1)

    def _second(self, since: float) -> None:
        """Ask again for what was not there or did not answer; what is found then is walked too."""
        while again := [p for p in self.pages.values() if p.attempt == 1 and (p.gone or p.error in _AGAIN)]:
            for page in again:
                if self._over(since):
                    return
                self.asking.wait_since(page.url, self.settings.again_after)
                self._visit(Step(page.url, page.role, page.depth, page.found_on), 2)
            self._first(since)

    def _visit(self, step: Step, attempt: int) -> None:
        before = self.earlier.pages.get(step.url) if self.earlier else None
        if before is not None and (before.repeated or not self._comparable()):
            before = None
        answer = self.asking.ask(step.url, step.role, before)
        page = Page(
            step.url,
            step.role,
            self.clock.now().isoformat(timespec="seconds"),
            attempt=attempt,
            depth=step.depth,
            found_on=step.found_on,
        )
        page, found = look(page, answer, before, self.settings, self.clock.now().date(), self._open_file)
        if page.unchanged and self.earlier is not None:
            found = [hit for hit in self.earlier.hits if hit.url == page.url and hit.kind not in ON_WALK]
        if page.landed and page.landed in self.pages:
            page, found = replace(page, links=(), title="", text_digest="", fixed=(), items=0, newest=""), []
        hits = [hit for hit in checks.marked(iter(found)) if self._note(hit)]
        page = replace(page, repeated=len(found) - len(hits))
        self._taken += page.bytes
        self._write(b"".join([*(line("hit", hit) for hit in hits), line("page", page)]))
        self._keep(page)
        self._tell(len(self.pages), len(self._queue))

    def _comparable(self) -> bool:
        """Whether an unchanged page of the earlier walk would meet the same today."""
        assert self.earlier is not None
        same = self.earlier.header.settings.get("words") == self.settings.digest_of_words()
        return same and self.earlier.header.version == __version__

    # ---- keeping ------------------------------------------------------------------------------------------------

    def _note(self, hit: Hit) -> bool:
        """Keep a hit, and say whether it is to be written: not the same thing twice, nor the same words on every page."""
        if hit.fingerprint in self._told:
            return False
        if hit.kind not in ABOUT_TARGET and hit.kind not in ON_WALK:
            key = (hit.kind, hit.words)
            self._same[key] += 1
            if self._same[key] > _SAME_WORDS:
                return False
        self._told.add(hit.fingerprint)
        self.hits.append(hit)
        return True

    def _keep(self, page: Page) -> None:
        self.pages.pop(page.url, None)
        self.pages[page.url] = page
        if page.landed:
            self._landed.add(page.landed)
        if page.there and page.depth < self.settings.depth:
            for role, url, _ in page.links:
                self._enqueue(Step(url, role if role in ("picture", "file") else "page", page.depth + 1, page.url))  # type: ignore[arg-type]

    def _enqueue(self, step: Step) -> None:
        if step.url not in self._known and within(step.url, self.settings.allowed):
            self._known.add(step.url)
            self._queue.append(step)

    def _write(self, data: bytes) -> None:
        self._digest.update(data)
        self._out(data)

    # ---- the end ------------------------------------------------------------------------------------------------

    def _finish(self) -> Result:
        today = self.clock.now().date()
        known = self.settings.site.columns
        states, of_columns = [], []
        for _, state, hits in on_walk.columns(self.pages, known, today):
            states.append(state)
            of_columns += hits
        earlier = self.earlier.pages if self.earlier else {}
        found = chain(
            on_walk.dead_links(self.pages),
            on_walk.not_what_it_says(self.pages),
            of_columns,
            on_walk.undated_items(self.pages, known),
            on_walk.frame_changes(self.pages, earlier, self.settings.starts, known),
        )
        last = [hit for hit in checks.marked(found) if self._note(hit)]
        self._write(b"".join(line("hit", hit) for hit in last))
        moment = self.clock.now().isoformat(timespec="seconds")
        summary = Summary(moment, self._ended, self._counts(), tuple(states), self._digest.hexdigest())
        self._write(line("summary", summary))
        return Result(self._header, self.pages, tuple(self.hits), summary)

    def _counts(self) -> dict[str, int]:
        pages = self.pages.values()
        counts = {f"{role}s": sum(p.role == role for p in pages) for role in ("page", "picture", "file")}
        counts |= {"there": sum(p.there for p in pages), "gone": sum(p.gone for p in pages)}
        counts |= {"not_fetched": sum(not p.fetched for p in pages), "unchanged": sum(p.unchanged for p in pages)}
        counts |= {"bytes": sum(p.bytes for p in pages), "repeated": sum(p.repeated for p in pages)}
        if self.settings.files:
            counts["files_read"] = sum(p.role == "file" and bool(p.text_digest) for p in pages)
        counts["waiting"] = len(self._left.union(step.url for step in self._queue) - set(self.pages))
        return counts | {f"hit.{kind}": count for kind, count in Counter(hit.kind for hit in self.hits).items()}
