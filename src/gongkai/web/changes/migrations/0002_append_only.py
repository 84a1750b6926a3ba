"""The database itself refuses to change or remove what was told to the outside."""

from django.db import migrations

from gongkai.web.changes.models import APPEND_ONLY
from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("changes", "0001_initial")]
    operations = [append_only(table) for table in APPEND_ONLY]
