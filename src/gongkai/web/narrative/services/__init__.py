"""Writing the words of a report."""
