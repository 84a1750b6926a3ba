"""What records tell of an indicator: one function for each name that a scheme may use."""

from __future__ import annotations

from gongkai.web.assessment.computing import applications, publishing
from gongkai.web.assessment.computing.appraisal import appraised
from gongkai.web.assessment.computing.base import Asked, Computer, Member, Reckoned

__all__ = ["COMPUTERS", "Asked", "Member", "Reckoned"]

COMPUTERS: dict[str, Computer] = {
    function.__name__: function
    for function in (
        applications.reply_in_time,
        applications.no_reply_overdue,
        applications.not_corrected,
        applications.letters_in_time,
        publishing.published_in_time,
        publishing.documents_interpreted,
        publishing.document_metadata,
        publishing.review_complete,
        publishing.guide_complete,
        publishing.stale_columns,
        publishing.catalogue_covered,
        publishing.patrol_tasks,
        publishing.annual_report,
        appraised,
    )
}
"""By the name under which the core lists them."""
