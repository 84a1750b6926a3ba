"""When the program starts, the words of the yearly report are offered what supervision counts."""

from __future__ import annotations

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Supervision."""

    name = "gongkai.web.oversight"
    verbose_name = "监督"

    def ready(self) -> None:
        """Register what supervision tells."""
        from gongkai.web.later import later
        from gongkai.web.narrative.suppliers import supply

        supply("oversight", later("gongkai.web.oversight.selectors.telling.told"))
