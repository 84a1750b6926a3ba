"""Numbers as an office writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from gongkai.oversight.scheme import plain as written

register = template.Library()


@register.filter
def plain(number: Any) -> str:
    """A decimal number without zeros at its end; anything else as it is."""
    return written(number) if isinstance(number, Decimal) else str(number)
