"""Writing: acts on letters, consultations, the hotline."""
