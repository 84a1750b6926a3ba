"""A number stands on one notice of a county. Where two had been given one, the later bears a word that says so."""

from typing import Any

from django.db import migrations, models

LONGEST = 60


def tell_apart(apps: Any, editor: Any) -> None:
    seen: set[tuple[object, str]] = set()
    for row in apps.get_model("oversight", "Notice").objects.exclude(number="").order_by("id"):
        number, n = row.number, 1
        while (row.county, number) in seen:
            mark = f"（重号{n}）"
            number, n = row.number[: LONGEST - len(mark)] + mark, n + 1
        seen.add((row.county, number))
        if number != row.number:
            row.number = number
            row.save(update_fields=["number"])


class Migration(migrations.Migration):
    dependencies = [("oversight", "0003_yearly_reports")]
    operations = [
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=~models.Q(number=""), fields=("county", "number"), name="oversight_notice_number_once"
            ),
        ),
    ]
