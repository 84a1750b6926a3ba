"""Reading tasks and walks."""
