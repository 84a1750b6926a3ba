"""The database itself refuses to change who was appointed to what, and who tried to log in."""

from django.db import migrations

from gongkai.web.triggers import append_only

TABLES = (
    "people_appointment",
    "people_appointment_end",
    "people_small_organ",
    "people_old_password",
    "people_attempt",
    "people_accounts_on",
    "people_hand_over",
)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_accounts")]
    operations = [append_only(table) for table in TABLES]
