"""The database itself refuses to change or remove what happened to an application."""

from django.db import migrations

from gongkai.web.onrequest.models import APPEND_ONLY
from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("onrequest", "0001_initial")]
    operations = [append_only(table) for table in APPEND_ONLY if table != "onrequest_typed"]
