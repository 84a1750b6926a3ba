"""Open government information in China: the form, the reader, the checker, the desk."""

__version__ = "0.1.0"
