"""How often something was tried, and by whom: counters that all processes share, kept as keyed hashes."""
