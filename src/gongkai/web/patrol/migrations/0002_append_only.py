"""The database itself refuses to change or remove what walks met and people did."""

from django.db import migrations

from gongkai.web.patrol.models import APPEND_ONLY
from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("patrol", "0001_initial")]
    operations = [append_only(table) for table in APPEND_ONLY]
