"""What is sent, made plain before anybody looks at it: without the signs that no page, no document and no database holds.

Text copied out of a PDF or a presentation brings such signs along unseen: NUL, which PostgreSQL refuses, line signs of
other programs, which no Word or Excel file may hold. They are taken out at the border, so that nothing behind it meets
one; an address with such a sign in its path is none of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = dict.fromkeys((0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x1F), " ")
"""Where these stood, words were apart."""


def plain(words: str) -> str:
    """The words without what XML 1.0 does not count among the characters of a text."""
    return _NO_TEXT.sub("", words.translate(_BREAKS)) if _NO_TEXT.search(words) else words


def _plain_dict(sent: QueryDict) -> QueryDict:
    told = list(sent.lists())
    if not any(_NO_TEXT.search(words) for name, values in told for words in (name, *values)):
        return sent
    made = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in told:
        for words in values:
            made.appendlist(plain(name), plain(words))
    made._mutable = False
    return made


class PlainAddress:
    """Makes the query and the cookies plain; there is nothing at a path that is not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer what is left. Http404 for a path that holds such signs."""
        if _NO_TEXT.search(request.path_info):
            raise Http404("地址中有不能识别的字符")
        request.GET = _plain_dict(request.GET)  # type: ignore[assignment]
        request.COOKIES = {name: words for name, words in request.COOKIES.items() if not _NO_TEXT.search(words)}
        return self.get_response(request)


class PlainForm:
    """Makes what a form sends plain; the last of all, so that nobody's form is read whom another would turn away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing but what comes after."""
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, values: Any) -> None:
        """Make it plain."""
        if request.method == "POST":
            request.POST = _plain_dict(request.POST)
