"""When the program starts, handing over work is told which applications a person handles."""

from __future__ import annotations

from django.apps import AppConfig


class OnRequestConfig(AppConfig):
    """Disclosure on request."""

    name = "gongkai.web.onrequest"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Register what a person has as open work."""
        from gongkai.web.later import later
        from gongkai.web.people.handover import open_work

        records = "gongkai.web.onrequest.services.records"
        open_work("onrequest", "申请", count=later(f"{records}.count_handled"))(later(f"{records}.hand_on"))
