"""The standard catalogues of grass-roots fields, and where an organ's columns stand against them: missing, stale, late."""
