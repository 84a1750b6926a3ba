"""Erasing, and setting after how many years."""
