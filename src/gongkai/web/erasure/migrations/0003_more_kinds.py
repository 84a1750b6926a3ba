"""Complaints, requests to correct a record and lines of the hotline may be emptied too."""

from django.db import migrations, models

from gongkai.web.erasure.models import KINDS
from gongkai.web.erasure.places import PLACES
from gongkai.web.triggers import Erasable

SECOND = ("complaint", "correction", "hotline")


class Migration(migrations.Migration):
    dependencies = [
        ("erasure", "0002_append_only"),
        ("interaction", "0003_opinion_codes"),
        ("onrequest", "0005_items_offers"),
    ]
    operations = [
        migrations.AlterField("erasure", "kind", models.CharField(choices=KINDS, max_length=12)),
        *(Erasable(place.table, place.columns, place.keys) for place in PLACES if place.kind in SECOND),
    ]
