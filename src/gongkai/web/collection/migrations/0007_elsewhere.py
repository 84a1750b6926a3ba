"""That a report is public outside of the system, as a person stated; the database lets nobody change or remove it."""

import django.db.models.deletion
import django.utils.timezone
import gongkai.web.facts
from django.db import migrations, models

from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("collection", "0006_versions"),
        ("organs", "0003_forms"),
    ]

    operations = [
        migrations.CreateModel(
            name="Elsewhere",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongkai.web.facts.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("county", models.UUIDField(db_index=True)),
                ("recorded_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False)),
                ("year", models.PositiveSmallIntegerField()),
                ("on", models.DateField(null=True)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("by", models.UUIDField()),
                (
                    "organ",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"),
                ),
            ],
            options={
                "db_table": "collection_elsewhere",
                "ordering": ("id",),
                "indexes": [models.Index(fields=["county", "year"], name="collection_elsewhere_of")],
            },
        ),
        append_only("collection_elsewhere"),
    ]
