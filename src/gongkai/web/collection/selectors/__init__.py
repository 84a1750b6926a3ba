"""Reading what the county gathers."""
