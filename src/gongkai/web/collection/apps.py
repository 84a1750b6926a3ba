"""When the program starts, the words of the county's yearly report are offered what the county's table counts."""

from __future__ import annotations

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    """What the county gathers."""

    name = "gongkai.web.collection"
    verbose_name = "汇总"

    def ready(self) -> None:
        """Register what the county's sum tells; it is reckoned only where words name it."""
        from gongkai.web.collection.selectors.telling import MARK, PREFIX, told
        from gongkai.web.narrative.suppliers import supply

        supply("collection", told, marks=(MARK, PREFIX))
