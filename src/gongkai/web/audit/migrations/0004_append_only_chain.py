"""The database itself refuses to change the chain and its heads."""

from django.db import migrations

from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_chain")]
    operations = [append_only("audit_chained"), append_only("audit_head")]
