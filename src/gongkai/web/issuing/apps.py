"""When the program starts, reports of an organ's own year have their figures from its records."""

from __future__ import annotations

from django.apps import AppConfig


class IssuingConfig(AppConfig):
    """Reports on their way out."""

    name = "gongkai.web.issuing"
    verbose_name = "年报签发"

    def ready(self) -> None:
        """Supply the figures of the one scope that needs nobody above."""
        from gongkai.annual.report import OWN
        from gongkai.web.issuing.scopes import Supplier, supply
        from gongkai.web.later import later

        figures = later("gongkai.web.issuing.selectors.assembled.of_own")
        supply(OWN, Supplier(figures, lambda _organ, _year: "", carries=True))
