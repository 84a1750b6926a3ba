"""Reading what was handed over, signed and frozen, and what differs since."""
