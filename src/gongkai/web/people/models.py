"""Persons, what they are appointed to, and their accounts."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from gongkai.web.facts import Fact
from gongkai.web.organs.models import Organ


class Person(Fact):
    """Someone who works at the desk. Until there are accounts it is one, the local operator.

    `role` and `organ` are the person's main appointment. A person who is asked may act at another of their organs:
    `acting` says at which, in this object only; it is never saved.
    """

    name = models.CharField(max_length=60)
    role = models.CharField(max_length=40)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="people")
    active = models.BooleanField(default=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        db_table = "people_person"

    def __str__(self) -> str:
        return self.name

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles in which this person acts now: those held at the organ where they act."""
        return getattr(self, "_roles", None) or (self.role,)

    @roles.setter
    def roles(self, roles: tuple[str, ...]) -> None:
        self._roles = roles


class Appointment(Fact):
    """A role at an organ, from a day on; as deputy of whom. Append-only; its end is a row of its own."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=40)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="appointments")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    deputy_of = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="deputies")
    reason = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "people_appointment"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.role} {self.from_on}"


class AppointmentEnd(Fact):
    """That an appointment ended on a day (the first day on which it holds no more)."""

    appointment = models.OneToOneField(Appointment, models.PROTECT, related_name="end")
    ended_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "people_appointment_end"

    def __str__(self) -> str:
        return str(self.ended_on)


class SmallOrgan(Fact):
    """The recorded exception: at this organ one person may be clerk, reviewer and head. Append-only."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="exceptions")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200)
    by = models.UUIDField()

    class Meta:
        db_table = "people_small_organ"

    def __str__(self) -> str:
        return self.reason


class Account(AbstractBaseUser, Fact):
    """How a person logs in. `totp` is the sealed secret of the second factor, `totp_step` the last step it was used at."""

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    login = models.CharField(max_length=60, unique=True)
    must_change = models.BooleanField(default=True)
    changed_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    totp = models.BinaryField(default=bytes)
    totp_on_at = models.DateTimeField(null=True, blank=True)
    totp_step = models.BigIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "people_account"

    def __str__(self) -> str:
        return self.login


class OldPassword(Fact):
    """The hash of a password that was used, so that it is not used again soon. Append-only."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="old_passwords")
    password = models.CharField(max_length=128)

    class Meta:
        db_table = "people_old_password"
        ordering = ("-id",)

    def __str__(self) -> str:
        return str(self.recorded_at)


class RecoveryCode(Fact):
    """A code, as its hash, that stands in once for the second factor."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "people_recovery_code"

    def __str__(self) -> str:
        return str(self.recorded_at)


class Attempt(Fact):
    """One try to log in: name and address as keyed hashes, and how it ended. Append-only."""

    login = models.CharField(max_length=64, db_index=True)
    address = models.CharField(max_length=64, db_index=True)
    outcome = models.CharField(max_length=20)

    class Meta:
        db_table = "people_attempt"

    def __str__(self) -> str:
        return self.outcome


class AccountsOn(Fact):
    """That from now on everybody logs in. One row; there is no way back. Append-only."""

    by = models.UUIDField()

    class Meta:
        db_table = "people_accounts_on"

    def __str__(self) -> str:
        return str(self.recorded_at)


class HandOver(Fact):
    """That all open work of one person went to another. Append-only."""

    from_person = models.ForeignKey(Person, models.PROTECT, related_name="handed_over")
    to_person = models.ForeignKey(Person, models.PROTECT, related_name="taken_over")
    reason = models.CharField(max_length=200, blank=True)
    moved = models.JSONField(default=dict)
    by = models.UUIDField()

    class Meta:
        db_table = "people_hand_over"

    def __str__(self) -> str:
        return str(self.recorded_at)


APPEND_ONLY = (
    "people_appointment",
    "people_appointment_end",
    "people_small_organ",
    "people_old_password",
    "people_attempt",
    "people_accounts_on",
    "people_hand_over",
)
"""The tables whose rows the database itself lets nobody change or remove."""
