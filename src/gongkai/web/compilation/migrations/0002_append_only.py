"""Nobody changes or removes these rows, not even by mistake."""

from __future__ import annotations

from django.db import migrations

from gongkai.web.compilation.models import APPEND_ONLY
from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("compilation", "0001_initial")]
    operations = [append_only(table) for table in APPEND_ONLY]
