"""What is offered when the program starts and loaded when it is first asked for: most commands never ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.module_loading import import_string


def later(path: str) -> Callable[..., Any]:
    """The function under a name with its modules, which are loaded when it is called."""

    def call(*told: Any, **named: Any) -> Any:
        return import_string(path)(*told, **named)

    return call
