"""The register only grows; what it names, and nothing else, may be emptied in the tables of the other apps."""

from django.db import migrations

from gongkai.web.erasure.models import APPEND_ONLY
from gongkai.web.erasure.places import PLACES
from gongkai.web.triggers import Erasable, append_only

FIRST = ("letter", "opinion", "application")


class Migration(migrations.Migration):
    dependencies = [
        ("erasure", "0001_initial"),
        ("interaction", "0003_opinion_codes"),
        ("outbox", "0003_subscription"),
        ("onrequest", "0005_items_offers"),
    ]
    operations = [
        *(append_only(table) for table in APPEND_ONLY),
        *(Erasable(place.table, place.columns, place.keys) for place in PLACES if place.kind in FIRST),
    ]
