"""The one failure of reading: a file that cannot be read, said to the person who sent it."""

from __future__ import annotations


class Unreadable(Exception):
    """A file cannot be read. `code` is stable, `message` says what was met, `advice` what to do now."""

    def __init__(self, code: str, message: str, advice: str) -> None:
        super().__init__(f"{message}{advice}")
        self.code = code
        self.message = message
        self.advice = advice

    def to_json(self) -> dict[str, str]:
        """The `error` object of the format."""
        return {"code": self.code, "message": self.message, "advice": self.advice}

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str, str]]:
        return (Unreadable, (self.code, self.message, self.advice))
