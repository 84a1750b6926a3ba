"""Out to the site of a vendor and back: what was exported where, and what stands on line against what was reviewed."""
