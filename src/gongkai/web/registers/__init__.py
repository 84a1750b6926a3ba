"""Registers of what an organ does that the yearly report and the portal draw on: kept as dated facts, corrected by newer rows."""
