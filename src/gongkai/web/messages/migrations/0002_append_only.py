"""The database itself refuses to change or delete what became of an attempt to send a message."""

from django.db import migrations

from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]
    operations = [append_only("messages_attempt")]
