"""The facts of this app."""
