"""Chapter 5: the yearly report. The form as data, the report, its relations and the checker."""
