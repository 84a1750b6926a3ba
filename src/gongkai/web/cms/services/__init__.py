"""Writing what was exported, what stands on line, what was decided of a listing, and what was brought from an old site."""
