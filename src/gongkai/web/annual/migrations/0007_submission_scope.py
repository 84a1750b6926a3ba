"""Of what the figures of a file are: known of those that were published as the one or the other."""

from typing import Any

from django.db import migrations, models


def fill(apps: Any, editor: Any) -> None:
    files = apps.get_model("annual", "Submission").objects
    for row in apps.get_model("annual", "Publication").objects.order_by("id").iterator():
        scope = "consolidated" if row.consolidated else row.report.get("scope")
        if scope in ("own_body", "consolidated"):
            files.filter(pk=row.submission_id).update(scope=scope)


class Migration(migrations.Migration):
    dependencies = [("annual", "0006_consolidated")]
    operations = [
        migrations.AddField(
            model_name="submission",
            name="scope",
            field=models.CharField(
                blank=True, choices=[("own_body", "本机关"), ("consolidated", "全县汇总")], default="", max_length=16
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
