"""When the program starts, handing over work is told which applications a person handles."""

from __future__ import annotations

from django.apps import AppConfig


class OnRequestConfig(AppConfig):
    """Disclosure on request."""

    name = "gongkai.web.onrequest"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Register what a person has as open work."""
        from gongkai.web.onrequest.services.records import count_handled, hand_on
        from gongkai.web.people.handover import open_work

        open_work("onrequest", "申请", count=count_handled)(hand_on)
