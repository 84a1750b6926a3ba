from typing import Any

from django.db import migrations, models

from gongkai.web.search.index import index_of


def _make(apps: Any, editor: Any) -> None:
    for statement in index_of(editor.connection.vendor).make():
        editor.execute(statement, params=None)


def _unmake(apps: Any, editor: Any) -> None:
    for statement in index_of(editor.connection.vendor).unmake():
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("release", models.UUIDField(unique=True)),
                ("item", models.UUIDField(db_index=True)),
                ("county", models.UUIDField()),
                ("organ", models.UUIDField()),
                ("kind", models.CharField(max_length=40)),
                ("columns", models.JSONField(default=list)),
                ("topics", models.JSONField(default=list)),
                ("number", models.CharField(max_length=100)),
                ("index_number", models.CharField(max_length=100)),
                ("issuer", models.CharField(max_length=200)),
                ("published_on", models.DateField()),
                ("validity", models.CharField(max_length=20)),
                ("title", models.TextField()),
                ("visible_from", models.DateTimeField(db_index=True)),
                ("visible_until", models.DateTimeField(null=True)),
            ],
            options={"db_table": "search_document"},
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("visible_until__isnull", False)), fields=["visible_until"], name="search_visible"
            ),
        ),
        migrations.RunPython(_make, _unmake),
    ]
