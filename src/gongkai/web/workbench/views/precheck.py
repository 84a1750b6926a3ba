"""Look through one file before it goes out. Nothing is stored: whoever keeps drafts keeps the decisions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gongkai.readers.precheck.kinds import GRADES, GROUPS, KINDS
from gongkai.web.facts import Refused
from gongkai.web.files.prechecks import Looked, lists_in_use, precheck_file, precheck_words
from gongkai.web.people.policies import needs

LONGEST_TEXT = 2_000_000
_SIGNS = {"warning": "！", "doubt": "？", "note": "·"}
_STYLES = {"warning": "conflict", "doubt": "doubt", "note": "note"}


def _asked(request: HttpRequest) -> Looked:
    """The hints on what was sent, a file or a text. Refused in a sentence when there is nothing to look at."""
    file = request.FILES.get("file")
    if file:
        most = settings.GONGKAI_FILE_LIMIT
        if (file.size or 0) > most:
            raise Refused(f"文件超过{most // 1024 // 1024}MB。请拆成几个文件，或者压缩其中的图片后再检查。")
        return precheck_file(file.name or "文件", file.read())
    text = request.POST.get("text", "")
    if not text.strip():
        raise Refused("请选择要检查的文件，或者把文字粘贴到框里。")
    if len(text) > LONGEST_TEXT:
        raise Refused("粘贴的文字过长。请存成文件后再检查。")
    return precheck_words(text)


def _shown(looked: Looked) -> dict[str, Any]:
    found = looked.found
    groups = [(says, [hit for hit in found.hits if KINDS[hit.kind].group == group]) for group, says in GROUPS.items()]
    return {
        "found": found,
        "troubles": looked.troubles,
        "counts": [(_SIGNS[g], _STYLES[g], says, found.count(g)) for g, says in GRADES.items() if found.count(g)],
        "groups": [
            (says, [(hit, _SIGNS[hit.grade], _STYLES[hit.grade], GRADES[hit.grade]) for hit in hits])
            for says, hits in groups
            if hits
        ],
    }


@require_http_methods(["GET", "POST"])
@needs("files.precheck")
def precheck(request: HttpRequest) -> HttpResponse:
    """The form; sent, the hints in their groups under it."""
    context: dict[str, Any] = {
        "refused": "",
        "limit": settings.GONGKAI_FILE_LIMIT // 1024 // 1024,
        "lists": lists_in_use(),
    }
    status = 200
    if request.method == "POST":
        try:
            context |= _shown(_asked(request))
        except Refused as error:
            context |= {"refused": str(error), "text": request.POST.get("text", "")}
            status = 422
    response = render(request, "workbench/precheck.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
