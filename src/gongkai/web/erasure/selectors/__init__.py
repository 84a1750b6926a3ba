"""Reading what is due to be erased, and what was."""
