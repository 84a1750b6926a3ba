from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Embedded",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("folder", models.CharField(blank=True, max_length=32)),
                ("stamp", models.BigIntegerField(default=0)),
                ("writing", models.BooleanField(default=False)),
                ("only", models.UUIDField(null=True)),
            ],
            options={"db_table": "search_embedded"},
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.BigIntegerField()),
            ],
            options={"db_table": "search_waiting"},
        ),
    ]
