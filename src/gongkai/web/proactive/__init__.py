"""Proactive disclosure: entries of the catalogue with their versions, their review, and what is public when."""
