"""Files as they came: stored once by their content, and opened only inside a bounded process."""
