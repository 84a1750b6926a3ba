"""The database itself refuses to change or remove what was written, found, done and answered."""

from django.db import migrations

from gongkai.web.oversight.models import APPEND_ONLY
from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_initial")]
    operations = [append_only(table) for table in APPEND_ONLY]
