"""Below the law: normalising, likeness, place names. Knows nothing of reports or cases."""
