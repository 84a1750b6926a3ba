"""Reading what was exported, what stands on line, and what was brought from an old site."""
