"""How often what was already public was enough, organ by organ and day by day."""

import django.db.models.deletion
import gongkai.web.facts
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("onrequest", "0004_typed"),
        ("organs", "0003_forms"),
    ]

    operations = [
        migrations.CreateModel(
            name="OfferTally",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongkai.web.facts.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("county", models.UUIDField()),
                ("on", models.DateField()),
                ("shown", models.PositiveIntegerField(default=0)),
                ("enough", models.PositiveIntegerField(default=0)),
                (
                    "organ",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"),
                ),
            ],
            options={
                "db_table": "onrequest_offer_tally",
                "constraints": [
                    models.UniqueConstraint(fields=("county", "organ", "on"), name="onrequest_offers_a_day")
                ],
            },
        ),
    ]
