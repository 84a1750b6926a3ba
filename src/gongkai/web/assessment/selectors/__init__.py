"""Assessments as pages, packages and other apps read them."""
