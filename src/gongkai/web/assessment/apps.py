"""When the program starts, the words of the yearly report are offered what assessments count."""

from __future__ import annotations

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Assessment."""

    name = "gongkai.web.assessment"
    verbose_name = "考核"

    def ready(self) -> None:
        """Register what assessments tell."""
        from gongkai.web.later import later
        from gongkai.web.narrative.suppliers import supply

        supply("assessment", later("gongkai.web.assessment.selectors.telling.told"))
