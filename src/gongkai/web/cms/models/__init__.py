"""The facts of export, reconciliation and migration. Entries are plain keys: what they say is asked of their own room."""

from gongkai.web.cms.models.migration import Brought, MigratedPage, Migration, MigrationStep
from gongkai.web.cms.models.reconciliation import Judgement, Listing, ListingLine
from gongkai.web.cms.models.targets import Attempt, Exported, OnLine, Target

__all__ = [
    "Attempt",
    "Brought",
    "Exported",
    "Judgement",
    "Listing",
    "ListingLine",
    "MigratedPage",
    "Migration",
    "MigrationStep",
    "OnLine",
    "Target",
]

APPEND_ONLY = (
    "cms_exported",
    "cms_attempt",
    "cms_on_line",
    "cms_listing",
    "cms_listing_line",
    "cms_judgement",
    "cms_migration",
    "cms_migration_step",
    "cms_migrated_page",
    "cms_brought",
)
"""The tables whose rows the database itself lets nobody change or remove."""
