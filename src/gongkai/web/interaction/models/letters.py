"""A letter from the public, everything that happens to it, its answer, and what is published of both."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact
from gongkai.web.files.models import StoredFile
from gongkai.web.interaction.kinds import ASIDE, KINDS, LEVELS
from gongkai.web.organs.models import Organ


class Letter(Fact):
    """A letter as it came. Who wrote and what they wrote is sealed; `subject` is its title with people written over.

    `addressed` is the organ that who wrote chose, if any; who has it now follows from the acts.
    """

    ORIGINS = (("portal", "网上"), ("post", "信函"), ("phone", "电话"), ("visit", "当面"))

    kind = models.CharField(max_length=12, choices=[(kind.key, kind.zh) for kind in KINDS.values()])
    number = models.CharField(max_length=60)
    origin = models.CharField(max_length=8, choices=ORIGINS, default="portal")
    addressed = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    received_on = models.DateField()
    subject = models.CharField(max_length=80)
    may_publish = models.BooleanField(default=False)
    title = models.BinaryField()
    words = models.BinaryField()
    name = models.BinaryField(default=bytes)
    phone = models.BinaryField(default=bytes)
    email = models.BinaryField(default=bytes)
    query_code = models.BinaryField()
    query_key = models.CharField(max_length=64, unique=True)
    likeness = models.BinaryField(default=bytes)
    once = models.CharField(max_length=80)
    by = models.UUIDField()

    class Meta:
        db_table = "interaction_letter"
        constraints = [
            models.UniqueConstraint(fields=["county", "number"], name="interaction_letter_number"),
            models.UniqueConstraint(fields=["county", "once"], name="interaction_letter_once"),
        ]

    def __str__(self) -> str:
        return self.number


class LetterFile(Fact):
    """A file that came with a letter; its name is sealed with the file."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        db_table = "interaction_letter_file"


class LetterAct(Fact):
    """One act on a letter; `seq` is its place, given under the letter's lock. `words` are sealed: they name people.

    `organ` is who it was given to, who gives it back or is asked to join; `about` what it was turned into.
    """

    KINDS = (
        ("received", "收到来信"),
        ("routed", "转交承办"),
        ("returned", "退回重新转办"),
        ("joined", "请其他机关会办"),
        ("contributed", "提出会办意见"),
        ("extended", "延长答复时间"),
        ("submitted", "答复送审"),
        ("sent_back", "答复退回修改"),
        ("answered", "审核通过并答复"),
        ("set_aside", "不予办理"),
        ("taken_up", "恢复办理"),
        ("turned", "转为其他事项"),
    )

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="acts")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=KINDS)
    on = models.DateField()
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    until = models.DateField(null=True)
    ground = models.CharField(max_length=12, choices=[(each.key, each.zh) for each in ASIDE.values()], blank=True)
    answer = models.PositiveIntegerField(default=0)
    about = models.UUIDField(null=True)
    about_kind = models.CharField(max_length=12, blank=True)
    about_number = models.CharField(max_length=60, blank=True)
    words = models.BinaryField(default=bytes)
    exception = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "interaction_letter_act"
        ordering = ("seq",)
        constraints = [models.UniqueConstraint(fields=["letter", "seq"], name="interaction_act_once")]


class Answer(Fact):
    """An answer as somebody left it; a changed word is a further one. Sealed: it speaks to a person."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="answers")
    number = models.PositiveIntegerField()
    words = models.BinaryField()
    by = models.UUIDField()

    class Meta:
        db_table = "interaction_answer"
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["letter", "number"], name="interaction_answer_once")]


class Rating(Fact):
    """What who wrote says of the answer: once."""

    letter = models.OneToOneField(Letter, models.PROTECT, related_name="rating")
    level = models.CharField(max_length=10, choices=list(LEVELS.items()))
    words = models.BinaryField(default=bytes)

    class Meta:
        db_table = "interaction_rating"


class Publication(Fact):
    """What is to be published of a letter and its answer, written anew without personal data: a text of its own."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    question = models.TextField()
    answer = models.TextField()
    by = models.UUIDField()

    class Meta:
        db_table = "interaction_publication"
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["letter", "number"], name="interaction_publication_once")]

    def __str__(self) -> str:
        return self.title


class PublicationAct(Fact):
    """What was decided about a text that is to be published; the newest counts."""

    KINDS = (("passed", "审核通过并公开"), ("returned", "退回修改"), ("withdrawn", "撤下"))

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=10, choices=KINDS)
    reason = models.CharField(max_length=300, blank=True)
    exception = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "interaction_publication_act"
        ordering = ("id",)


class LetterStanding(models.Model):
    """What follows from the acts on one letter: a cache, written in the transaction of each act."""

    letter = models.OneToOneField(Letter, models.PROTECT, primary_key=True, related_name="standing")
    county = models.UUIDField()
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    joined = models.JSONField(default=list)
    kind = models.CharField(max_length=12)
    number = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    state = models.CharField(max_length=12)
    routed = models.BooleanField(default=False)
    received_on = models.DateField()
    due_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    answered_on = models.DateField(null=True)
    ground = models.CharField(max_length=12, blank=True)
    rating = models.CharField(max_length=10, blank=True)
    publishing = models.CharField(max_length=10, blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "interaction_letter_standing"
        indexes = [
            models.Index(fields=["county", "state", "due_on"], name="interaction_by_state"),
            models.Index(fields=["organ", "state", "due_on"], name="interaction_organ_state"),
        ]

    def __str__(self) -> str:
        return self.number


class PublicAnswer(models.Model):
    """The published answers, as anyone outside may read them: a row is made by the act that publishes and goes with its end."""

    publication = models.OneToOneField(Publication, models.PROTECT, primary_key=True, related_name="public")
    county = models.UUIDField()
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    letter_kind = models.CharField(max_length=12)
    title = models.CharField(max_length=80)
    question = models.TextField()
    answer = models.TextField()
    received_on = models.DateField()
    answered_on = models.DateField()
    published_at = models.DateTimeField()

    class Meta:
        db_table = "interaction_public_answer"
        indexes = [models.Index(fields=["county", "-published_at"], name="interaction_public_newest")]

    def __str__(self) -> str:
        return self.title
