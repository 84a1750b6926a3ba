"""When the program starts, the county's yearly report has its figures, and its words what the county's table counts."""

from __future__ import annotations

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    """What the county gathers."""

    name = "gongkai.web.collection"
    verbose_name = "汇总"

    def ready(self) -> None:
        """Register what the county's sum tells, reckoned only where words name it, and the county's report."""
        from gongkai.annual.report import COUNTY
        from gongkai.web.collection.selectors.countyreport import COUNTY_YEAR
        from gongkai.web.collection.selectors.telling import MARK, PREFIX, told
        from gongkai.web.issuing import scopes
        from gongkai.web.narrative.suppliers import supply

        supply("collection", told, marks=(MARK, PREFIX))
        scopes.supply(COUNTY, COUNTY_YEAR)
