"""The database itself refuses to change or remove what a check found and a person decided."""

from django.db import migrations

from gongkai.web.review.models import APPEND_ONLY
from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("review", "0001_initial")]
    operations = [append_only(table) for table in APPEND_ONLY]
