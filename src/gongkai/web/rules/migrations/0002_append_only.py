"""The database itself refuses to change or remove what was set."""

from django.db import migrations

from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("rules", "0001_initial")]
    operations = [append_only(table) for table in ("rules_setting", "rules_calendar_day", "rules_notice")]
