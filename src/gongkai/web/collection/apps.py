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
        from gongkai.web.collection.marks import MARK, PREFIX
        from gongkai.web.issuing import scopes
        from gongkai.web.later import later
        from gongkai.web.narrative.suppliers import supply

        supply("collection", later("gongkai.web.collection.selectors.telling.told"), marks=(MARK, PREFIX))
        known = "gongkai.web.collection.selectors.countyreport"
        scopes.supply(COUNTY, scopes.Supplier(later(f"{known}.figures"), later(f"{known}.why_not")))
