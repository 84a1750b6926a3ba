"""Handing over, signing, freezing, publishing."""
