"""Reading the words of a report, and the facts for them."""
