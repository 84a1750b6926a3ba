"""The facts of proactive disclosure. Tables of facts only grow; `Standing`, `Release` and `Shelf` follow from them."""

from gongkai.web.proactive.models.entries import (
    Attachment,
    Clarification,
    Item,
    ItemAct,
    Link,
    Matter,
    ReEvaluation,
    ValidityChange,
    Version,
)
from gongkai.web.proactive.models.releases import IndexCounter, IndexNumber, Release, Shelf, Standing

__all__ = [
    "Attachment",
    "Clarification",
    "IndexCounter",
    "IndexNumber",
    "Item",
    "ItemAct",
    "Link",
    "Matter",
    "ReEvaluation",
    "Release",
    "Shelf",
    "Standing",
    "ValidityChange",
    "Version",
]

APPEND_ONLY = (
    "proactive_item",
    "proactive_version",
    "proactive_attachment",
    "proactive_act",
    "proactive_link",
    "proactive_matter",
    "proactive_clarification",
    "proactive_reevaluation",
    "proactive_validity_change",
    "proactive_index_number",
)
"""The tables whose rows the database itself lets nobody change or remove."""
