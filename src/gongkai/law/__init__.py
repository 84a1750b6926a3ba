"""The law as citations and terms. No logic about cases or reports."""
