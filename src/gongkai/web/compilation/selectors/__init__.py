"""Reading what a year is compiled from."""
