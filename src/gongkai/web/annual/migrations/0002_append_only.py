"""The database itself refuses to change or delete what was read and what people decided."""

from django.db import migrations

from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("annual", "0001_initial")]
    operations = [
        append_only(table) for table in ("annual_reading", "annual_placement", "annual_judgement", "annual_correction")
    ]
