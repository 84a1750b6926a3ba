"""Which files hold what was looked at of a ledger, so that they go when nobody brings it in."""

import django.db.models.deletion
import django.utils.timezone
import gongkai.web.facts
from django.db import migrations, models

from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_attachments"),
        ("interaction", "0003_opinion_codes"),
    ]

    operations = [
        migrations.CreateModel(
            name="HotlinePreview",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongkai.web.facts.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("county", models.UUIDField(db_index=True)),
                ("recorded_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
            ],
            options={
                "db_table": "interaction_hotline_preview",
            },
        ),
        append_only("interaction_hotline_preview"),
    ]
