"""The database itself refuses to change or remove what an organ wrote into its guide."""

from django.db import migrations

from gongkai.web.guide.models import APPEND_ONLY
from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("guide", "0001_initial")]
    operations = [append_only(table) for table in APPEND_ONLY]
