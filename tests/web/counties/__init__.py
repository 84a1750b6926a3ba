"""Invented counties that live through three years: what they do, a second way of counting it, and what must hold."""
