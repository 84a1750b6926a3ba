"""The database itself refuses to change or remove what was asked, answered, set aside and published."""

from django.db import migrations

from gongkai.web.appraisal.models import APPEND_ONLY
from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0001_initial")]
    operations = [append_only(table) for table in APPEND_ONLY]
