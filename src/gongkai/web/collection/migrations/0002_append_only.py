"""The database itself refuses to change or remove what was decided and which templates there were."""

from django.db import migrations

from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("collection", "0001_initial")]
    operations = [
        append_only(table) for table in ("collection_choice", "collection_template", "collection_template_version")
    ]
