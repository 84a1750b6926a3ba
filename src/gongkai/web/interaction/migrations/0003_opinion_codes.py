"""Who gives an opinion on line gets a code by which to see what became of it."""

import django.db.models.deletion
import django.utils.timezone
import gongkai.web.facts
from django.db import migrations, models

from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("interaction", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="OpinionCode",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongkai.web.facts.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("county", models.UUIDField(db_index=True)),
                ("recorded_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False)),
                ("query_code", models.BinaryField()),
                ("query_key", models.CharField(max_length=64, unique=True)),
                (
                    "opinion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="code", to="interaction.opinion"
                    ),
                ),
            ],
            options={
                "db_table": "interaction_opinion_code",
            },
        ),
        append_only("interaction_opinion_code"),
    ]
