"""Whether a county is alone is asked before every search, of the search itself and no longer of the index of relevance."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_embedded")]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="county",
            field=models.UUIDField(db_index=True),
        ),
        migrations.RemoveField(model_name="embedded", name="only"),
    ]
