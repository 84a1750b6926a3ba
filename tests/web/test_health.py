"""Whoever watches over the server is told whether it works, and nothing else."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_a_server_that_reaches_its_database_is_well(client):
    answer = client.get("/health")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_server_without_its_database_says_so_without_details(client, monkeypatch):
    def away():
        raise OperationalError("could not connect to server desk@db.local")

    monkeypatch.setattr(connection, "cursor", away)
    answer = client.get("/health")
    assert (answer.status_code, answer.content) == (503, b"unavailable\n")
