"""What the organs of the list are in law, as far as their names tell; and the versions only grow."""

from typing import Any

from django.db import migrations

from gongkai.web.organs.names import guessed_form
from gongkai.web.triggers import append_only


def fill(apps: Any, editor: Any) -> None:
    organs = apps.get_model("organs", "Organ")
    for row in organs.objects.filter(form=""):
        row.form = guessed_form(row.name, row.kind)
        row.save(update_fields=["form"])


class Migration(migrations.Migration):
    dependencies = [("organs", "0002_tree")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        append_only("organs_version"),
        append_only("organs_answering"),
    ]
