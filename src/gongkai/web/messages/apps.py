"""Django has an app of that name itself; ours goes by what it keeps."""

from __future__ import annotations

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """The outbox."""

    name = "gongkai.web.messages"
    label = "outbox"
    verbose_name = "消息"
