"""The database itself refuses to change or remove what was said and done in an assessment."""

from django.db import migrations

from gongkai.web.assessment.models import APPEND_ONLY
from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial")]
    operations = [append_only(table) for table in APPEND_ONLY]
