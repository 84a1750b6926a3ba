"""The cache of parts of a year beside that of whole ones. What it holds is made again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collection", "0002_append_only")]
    operations = [
        migrations.RemoveConstraint(model_name="contribution", name="collection_contribution_once"),
        migrations.AddField(model_name="contribution", name="span", field=models.CharField(default="", max_length=24)),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.UniqueConstraint(fields=("organ", "year", "span"), name="collection_contribution_once"),
        ),
    ]
