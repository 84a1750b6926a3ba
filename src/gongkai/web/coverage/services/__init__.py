"""Keeping catalogues, placing entries on their lines, and what an organ declares."""
