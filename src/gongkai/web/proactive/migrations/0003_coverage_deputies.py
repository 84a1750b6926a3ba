"""For whom a deputy decided. A column that may be empty is added without making the table anew: its triggers stay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proactive", "0002_append_only")]
    operations = [
        migrations.AddField(model_name="itemact", name="in_stead_of", field=models.UUIDField(null=True)),
    ]
