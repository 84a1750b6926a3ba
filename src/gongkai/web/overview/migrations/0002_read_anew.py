"""What was read of reports is read anew: it did not say of what a file's figures are. A cache, made again when asked for."""

from typing import Any

from django.db import migrations


def throw_away(apps: Any, editor: Any) -> None:
    apps.get_model("overview", "ReportFigures").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("overview", "0001_initial")]
    operations = [migrations.RunPython(throw_away, migrations.RunPython.noop)]
