"""Settings as dated facts, and the days of the calendar that an office adds."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact


class Setting(Fact):
    """A matter set by a person, from a day on, for the county or one organ; append-only, the newest counts."""

    key = models.CharField(max_length=80)
    organ = models.UUIDField(null=True)
    value = models.JSONField()
    valid_from = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "rules_setting"
        indexes = [models.Index(fields=["county", "key"], name="rules_setting_key")]


class CalendarDay(Fact):
    """A day off or a working day that a notice or a local rule names; append-only, the newest of a day counts."""

    MEANINGS = (("off", "放假"), ("work", "上班"), ("usual", "恢复为平常日"))

    day = models.DateField()
    meaning = models.CharField(max_length=10, choices=MEANINGS)
    local = models.BooleanField(default=False)
    source = models.CharField(max_length=200)
    by = models.UUIDField()

    class Meta:
        db_table = "rules_calendar_day"
        indexes = [models.Index(fields=["county", "day"], name="rules_calendar_day_of")]


class NoticeOfYear(Fact):
    """A yearly holiday notice that was entered here: from then on the year is no longer provisional. Append-only."""

    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    issued_on = models.DateField(null=True)
    by = models.UUIDField()

    class Meta:
        db_table = "rules_notice"
        constraints = [models.UniqueConstraint(fields=["county", "year"], name="rules_notice_once")]
