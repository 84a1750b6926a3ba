"""A person who acts."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact


class Person(Fact):
    """Someone who works at the desk. Until accounts come there is one, the local operator."""

    name = models.CharField(max_length=60)
    role = models.CharField(max_length=40)

    class Meta:
        db_table = "people_person"

    def __str__(self) -> str:
        return self.name
