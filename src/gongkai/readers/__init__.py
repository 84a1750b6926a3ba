"""Files of others become reports. Everything passes one bounded file border."""
