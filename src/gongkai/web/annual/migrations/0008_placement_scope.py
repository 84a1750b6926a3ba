"""Of what the figures of a file are, as a person says it where the document does not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annual", "0007_submission_scope")]
    operations = [
        migrations.AddField(
            model_name="placement",
            name="scope",
            field=models.CharField(
                blank=True, choices=[("own_body", "本机关"), ("consolidated", "全县汇总")], default="", max_length=16
            ),
            preserve_default=False,
        ),
    ]
