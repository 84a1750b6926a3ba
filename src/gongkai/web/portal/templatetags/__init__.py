"""Tags of the public side."""
