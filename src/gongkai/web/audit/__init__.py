"""Who did what, when, to which row: written with the act, never changed. Keeps actor ids, no foreign key."""
