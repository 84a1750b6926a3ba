"""Letters of the mail room and disputes without an application may be emptied too; their tables could be already."""

from django.db import migrations, models

from gongkai.web.erasure.models import KINDS


class Migration(migrations.Migration):
    dependencies = [("erasure", "0003_more_kinds")]
    operations = [migrations.AlterField("erasure", "kind", models.CharField(choices=KINDS, max_length=12))]
