"""Invented reports of an invented county, to look at before one's own are there."""
