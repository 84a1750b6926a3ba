"""What fell due in a period is counted from one index, which holds the answer and the organ too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("onrequest", "0005_items_offers")]

    operations = [
        migrations.RemoveIndex(model_name="case", name="onrequest_case_by_due"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["county", "due_on", "application", "delivered_on", "open", "organ"],
                name="onrequest_case_fell_due",
            ),
        ),
    ]
