"""Writing the registers."""
