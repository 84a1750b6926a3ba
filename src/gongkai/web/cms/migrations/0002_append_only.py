"""The database itself refuses to change or remove what went out, what stands on line and what was decided."""

from django.db import migrations

from gongkai.web.cms.models import APPEND_ONLY
from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("cms", "0001_initial")]
    operations = [append_only(table) for table in APPEND_ONLY]
