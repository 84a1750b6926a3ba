"""The database itself refuses to change or remove what anybody wrote."""

from django.db import migrations

from gongkai.web.narrative.models import APPEND_ONLY
from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("narrative", "0001_initial")]
    operations = [append_only(table) for table in APPEND_ONLY]
