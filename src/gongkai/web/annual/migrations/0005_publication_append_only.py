"""The database itself refuses to change or remove what was published of yearly reports."""

from django.db import migrations

from gongkai.web.annual.models import APPEND_ONLY
from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("annual", "0004_publication")]
    operations = [append_only(table) for table in APPEND_ONLY]
