"""Files that an applicant sends: how many, how large and of which kind is said before any is kept."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from gongkai.web.facts import Refused
from gongkai.web.onrequest.services.attachments import Upload, look_through
from gongkai.web.portal.context import setting

MEGABYTE = 1024 * 1024


def chosen(request: HttpRequest, *fields: str) -> list[tuple[str, UploadedFile]]:
    """The files of these fields, each with its field."""
    return [(field, file) for field in fields for file in request.FILES.getlist(field)]


def taken(request: HttpRequest, **roles: str) -> tuple[Upload, ...]:
    """The files of a form, looked through; `roles` says what each field's files are. Refused with a sentence."""
    files = chosen(request, *roles)
    if len(files) > setting("files"):
        raise Refused(f"一次最多上传{setting('files')}个文件，现有{len(files)}个。可以把图片合成一个PDF。")
    if sum(file.size or 0 for _, file in files) > setting("files_megabytes") * MEGABYTE:
        raise Refused(f"上传的文件合计超过{setting('files_megabytes')}MB，请压缩图片后再上传。")
    for _, file in files:
        if (file.size or 0) > setting("file_megabytes") * MEGABYTE:
            raise Refused(f"“{file.name}”超过{setting('file_megabytes')}MB，请压缩图片或者分成几个文件后再上传。")
    return tuple(look_through(file.name or "未命名", file.read(), roles[field]) for field, file in files)
