"""Who works here, and who may do what: one table, as data."""
