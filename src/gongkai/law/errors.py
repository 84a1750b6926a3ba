"""The two ways in which the law does not give what was asked of it; both are told to a person in a whole sentence.

`LawGap`: the law or the notice is silent, or was not yet in force: there is no answer, and none is guessed.
`Unlawful`: what was asked for is not allowed. Both carry what the refusal rests on: a provision that was read, or a
rule of this system, which is never shown as law.
"""

from __future__ import annotations

from gongkai.law.citations import Citation, basis


class Refusal(Exception):
    """What is common to both: a sentence, and the provision it rests on where there is one."""

    def __init__(self, says: str, citation: Citation | None = None) -> None:
        super().__init__(says)
        self.says = says
        self.citation = citation

    @property
    def basis(self) -> str:
        """The provision with its words, or 本系统规则."""
        return basis(self.citation)


class LawGap(Refusal):
    """Neither law nor notice says it for that day."""


class Unlawful(Refusal):
    """Not allowed."""
