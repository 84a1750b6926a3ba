"""The facts of this app: letters with their acts, consultations with their opinions, the hotline's ledger, questions."""

from gongkai.web.interaction.models.consultations import (
    Consultation,
    Feedback,
    Opinion,
    OpinionCode,
    OpinionFile,
    OpinionGroup,
    Placed,
)
from gongkai.web.interaction.models.hotline import HotlineImport, HotlinePreview, HotlineRow, Question, QuestionPart
from gongkai.web.interaction.models.letters import (
    Answer,
    Letter,
    LetterAct,
    LetterFile,
    LetterStanding,
    PublicAnswer,
    Publication,
    PublicationAct,
    Rating,
)

__all__ = [
    "Answer",
    "Consultation",
    "Feedback",
    "HotlineImport",
    "HotlinePreview",
    "HotlineRow",
    "Letter",
    "LetterAct",
    "LetterFile",
    "LetterStanding",
    "Opinion",
    "OpinionCode",
    "OpinionFile",
    "OpinionGroup",
    "Placed",
    "PublicAnswer",
    "Publication",
    "PublicationAct",
    "Question",
    "QuestionPart",
    "Rating",
]

APPEND_ONLY = (
    "interaction_letter",
    "interaction_letter_file",
    "interaction_letter_act",
    "interaction_answer",
    "interaction_rating",
    "interaction_publication",
    "interaction_publication_act",
    "interaction_consultation",
    "interaction_opinion",
    "interaction_opinion_file",
    "interaction_opinion_group",
    "interaction_placed",
    "interaction_feedback",
    "interaction_hotline_import",
    "interaction_hotline_row",
    "interaction_question",
    "interaction_question_part",
)
"""The tables whose rows the database itself lets nobody change or remove: those of 0002; a later migration names its own."""
