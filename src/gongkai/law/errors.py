"""The law's two refusals. A finding is no exception; a file that cannot be read is the readers' affair."""

from __future__ import annotations


class LawGap(Exception):
    """Law or notice is silent: says what is missing and who must supply it. Never a guess, never 0."""


class Unlawful(Exception):
    """An act the law does not allow now: says what was met, what was expected and the provision."""
