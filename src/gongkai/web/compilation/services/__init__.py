"""Writing what no register tells."""
