"""The database itself refuses to change or remove what was written, done and said."""

from django.db import migrations

from gongkai.web.interaction.models import APPEND_ONLY
from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("interaction", "0001_initial")]
    operations = [append_only(table) for table in APPEND_ONLY]
