"""The database itself refuses to change or remove what happened to an entry."""

from django.db import migrations

from gongkai.web.proactive.models import APPEND_ONLY
from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("proactive", "0001_initial")]
    operations = [append_only(table) for table in APPEND_ONLY]
