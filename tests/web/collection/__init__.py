"""What the county gathers from its organs."""
