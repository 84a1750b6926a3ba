"""The database itself refuses to change or remove a catalogue, a placement or what an organ declared."""

from django.db import migrations

from gongkai.web.coverage.models import APPEND_ONLY
from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("coverage", "0001_initial")]
    operations = [append_only(table) for table in APPEND_ONLY]
