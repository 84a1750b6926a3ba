from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("narrative", "0002_append_only"),
        ("organs", "0003_forms"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="text",
            name="narrative_number_once",
        ),
        migrations.AddField(
            model_name="text",
            name="scope",
            field=models.CharField(
                choices=[("own_body", "本机关"), ("consolidated", "全县汇总")], default="own_body", max_length=12
            ),
        ),
        migrations.AddConstraint(
            model_name="text",
            constraint=models.UniqueConstraint(
                fields=("organ", "year", "scope", "section", "number"), name="narrative_number_once"
            ),
        ),
    ]
