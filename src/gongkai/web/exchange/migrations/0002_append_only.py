"""The database itself refuses to change or delete which packages passed and what was in them."""

from django.db import migrations

from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]
    operations = [append_only("exchange_package"), append_only("exchange_item")]
