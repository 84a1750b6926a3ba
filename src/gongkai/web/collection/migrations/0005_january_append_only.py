"""The database itself refuses to change or remove who was reminded when."""

from django.db import migrations

from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("collection", "0004_january")]
    operations = [append_only(table) for table in ("collection_reminding", "collection_reminded")]
