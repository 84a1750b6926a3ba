"""What has changed outside: numbered rows in the order of commits, for search, feeds, exports and caches."""
