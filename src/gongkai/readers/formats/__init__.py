"""One module a format: bytes in, `Content` out. Only `gongkai.readers.border` calls them and maps what they raise."""
