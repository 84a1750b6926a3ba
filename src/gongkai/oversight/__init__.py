"""Assessment: schemes of indicators as data, and scores that come with the reasons for every step."""

from gongkai.oversight.ranking import Place, ranking
from gongkai.oversight.reading import SchemeFault, bundled, read_scheme
from gongkai.oversight.scheme import Indicator, Scheme
from gongkai.oversight.scoring import Score, Step, score
from gongkai.oversight.values import Answers, Apart, Counts, Happened, Points, Rate, Unknown, Value

__all__ = [
    "Answers",
    "Apart",
    "Counts",
    "Happened",
    "Indicator",
    "Place",
    "Points",
    "Rate",
    "Scheme",
    "SchemeFault",
    "Score",
    "Step",
    "Unknown",
    "Value",
    "bundled",
    "ranking",
    "read_scheme",
    "score",
]
