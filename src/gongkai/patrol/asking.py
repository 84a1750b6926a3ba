"""Asking politely: what robots.txt allows, no faster than agreed, again after a pause where a server stumbled."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from gongkai.patrol import robots
from gongkai.patrol.addresses import host_of
from gongkai.patrol.clock import Clock
from gongkai.patrol.fetch import Answer, Bounds, Fetcher, fetch
from gongkai.patrol.results import Page, Role
from gongkai.patrol.settings import Settings

_STUMBLED = frozenset(("timeout", "connect", "protocol", "short", "server"))
_LONGEST_WAIT = 60.0


class Asking:
    """Everything that is asked of a site goes through here."""

    def __init__(self, settings: Settings, fetcher: Fetcher, clock: Clock) -> None:
        self._settings, self._fetcher, self._clock = settings, fetcher, clock
        self._robots: dict[str, robots.Robots] = {}
        self._last: dict[str, float] = {}
        self._first: dict[str, float] = {}

    def ask(self, url: str, role: Role, before: Page | None) -> Answer:
        """The answer, or the word for why there is none."""
        rules = self._rules(url)
        if not rules.allows(url):
            return Answer(url, error="robots")
        if role != "page":
            answer = self._head(url, rules)
            return self._whole(url, rules, answer, before) if role == "file" and self._settings.files else answer
        answer = self._patiently("GET", url, rules, _unless_changed(before), self._settings.bounds)
        self._first.setdefault(url, self._clock.seconds())
        if answer.landed and not rules.allows(answer.landed):
            return Answer(url, answer.status, "robots", landed=answer.landed)
        return answer

    def _head(self, url: str, rules: robots.Robots) -> Answer:
        """Whether a picture or a file is there: HEAD, and where a server does not know that, its beginning."""
        few = replace(self._settings.bounds, bytes=64 * 1024, markup=False)
        answer = self._patiently("HEAD", url, rules, {}, few)
        if answer.status in (404, 410) or answer.error in ("refused", "server", "protocol"):
            answer = self._patiently("GET", url, rules, {"Range": "bytes=0-1023"}, few)
        self._first.setdefault(url, self._clock.seconds())
        if answer.error == "too_large":  # it is there, and that was the question
            return Answer(url, answer.status, "", answer.headers, b"", answer.bytes, answer.landed)
        return answer

    def _whole(self, url: str, rules: robots.Robots, head: Answer, before: Page | None) -> Answer:
        """The bytes of a file that is there; where they do not come, or are too many, what was said of it before."""
        there = not head.error and head.status is not None and head.status < 300
        said = head.headers.get("content-length", "")
        large = said.isascii() and said.isdigit() and int(said[:12]) > self._settings.file_bytes
        if not there or large or (head.landed and not rules.allows(head.landed)):
            return head
        bounds = replace(self._settings.bounds, bytes=self._settings.file_bytes, markup=False)
        answer = self._patiently("GET", url, rules, _unless_changed(before), bounds)
        return head if answer.error or answer.status not in (200, 304) else answer

    def _patiently(
        self, method: str, url: str, rules: robots.Robots, headers: dict[str, str], bounds: Bounds
    ) -> Answer:
        pause = self._settings.pause
        for left in range(self._settings.retries, -1, -1):
            self._polite(url, rules)
            answer = judged(fetch(self._fetcher, url, self._settings.allowed, bounds, headers=headers, method=method))
            if not left or not (answer.error in _STUMBLED or answer.status in (429, 503)):
                return answer
            said = answer.headers.get("retry-after", "")
            asked = float(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0.0
            self._clock.wait(min(max(pause, asked), _LONGEST_WAIT))
            pause *= 2
        raise AssertionError

    def wait_since(self, url: str, seconds: float) -> None:
        """Wait until so many seconds have gone by since an address was asked for first."""
        begun = self._first.get(url, self._clock.seconds())
        left = begun + seconds - self._clock.seconds()
        if left > 0:
            self._clock.wait(left)

    def _polite(self, url: str, rules: robots.Robots) -> None:
        host = host_of(url)
        gap = max(1 / self._settings.rate if self._settings.rate else 0.0, rules.delay)
        now = self._clock.seconds()
        left = self._last.get(host, now - gap) + gap - now
        if left > 0:
            self._clock.wait(left)
        self._last[host] = self._clock.seconds()

    def _rules(self, url: str) -> robots.Robots:
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            bounds = replace(self._settings.bounds, bytes=robots.MOST_BYTES, markup=False)
            answer = self._patiently("GET", f"{root}/robots.txt", robots.Robots(), {}, bounds)
            if not answer.error and answer.status is not None and 200 <= answer.status < 300:
                self._robots[root] = robots.parse(answer.body.decode("utf-8", "replace"))
            elif answer.error in ("outside", "redirects", "refused", "too_large", "address") or not answer.error:
                self._robots[root] = robots.Robots()  # RFC 9309: a site without one has nothing against it
            else:
                self._robots[root] = robots.Robots(closed=True)
        return self._robots[root]


def _unless_changed(before: Page | None) -> dict[str, str]:
    """The headers with which only what is another than before is sent."""
    if before is None or not before.there:
        return {}
    said = {"If-None-Match": before.etag, "If-Modified-Since": before.last_modified}
    return {name: value for name, value in said.items() if value}


def judged(answer: Answer) -> Answer:
    """An answer with the word for what its status means where that is not that something is there or gone."""
    if answer.error or answer.status is None:
        return answer
    if 200 <= answer.status < 300 or answer.status in (304, 404, 410):
        return answer
    word = "server" if answer.status >= 500 else "refused"
    return Answer(answer.url, answer.status, word, answer.headers, b"", answer.bytes, answer.landed)
