"""The database itself refuses to change or delete an audit row."""

from django.db import migrations

from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [append_only("audit_entry")]
