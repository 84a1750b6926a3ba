"""Pages and listings of a published site, read without a network: what an old site said, and what stands on line."""

from gongkai.readers.sites.listing import Listed, Listing, read_listing
from gongkai.readers.sites.page import Linked, SitePage, read_page
from gongkai.readers.sites.saved import SavedSite, open_saved
from gongkai.readers.sites.sheet import SheetEntry, read_entries

__all__ = [
    "Linked",
    "Listed",
    "Listing",
    "SavedSite",
    "SheetEntry",
    "SitePage",
    "open_saved",
    "read_entries",
    "read_listing",
    "read_page",
]
