"""What the process says about itself: a caller may write anything into an address, so what looks personal is written over."""

from __future__ import annotations

import logging

from gongkai.text.personal import masked


class Masked(logging.Formatter):
    """Every line and every traceback, with what looks like an identity number, a phone or an e-mail hidden."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return masked(super().format(record))
