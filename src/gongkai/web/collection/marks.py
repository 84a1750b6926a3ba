"""What stands in the name, and before the key, of each fact that the county's sum tells."""

MARK, PREFIX = "全县", "county."
