"""The database itself refuses to change or delete what a system was answered under a key of its own."""

from django.db import migrations

from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial")]
    operations = [append_only("clients_receipt")]
