"""What was typed where the open words of a row had people written over: sealed, and never changed. And letters of another network."""

import django.db.models.deletion
import django.utils.timezone
import gongkai.web.facts
from django.db import migrations, models

from gongkai.web.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("onrequest", "0003_what_pages_ask"),
    ]

    operations = [
        migrations.CreateModel(
            name="Typed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongkai.web.facts.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("county", models.UUIDField(db_index=True)),
                ("recorded_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False)),
                ("about", models.UUIDField(db_index=True)),
                ("column", models.CharField(max_length=20)),
                ("words", models.BinaryField()),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="typed",
                        to="onrequest.application",
                    ),
                ),
            ],
            options={
                "db_table": "onrequest_typed",
            },
        ),
        append_only("onrequest_typed"),
        migrations.AlterField(
            model_name="attachment",
            name="role",
            field=models.CharField(
                choices=[
                    ("identity_proof", "身份证明"),
                    ("attachment", "申请附件"),
                    ("application_scan", "申请书扫描件"),
                    ("supplement", "补正材料"),
                    ("paper_decision", "纸质审批件"),
                    ("stamped_scan", "盖章件"),
                    ("delivery_proof", "送达凭证"),
                    ("opinion", "意见回函"),
                    ("source", "拟提供的原件"),
                    ("released", "提供给申请人的文件"),
                    ("dispute", "复议诉讼材料"),
                    ("letter", "受理机关发出的文书"),
                    ("archive", "归档包"),
                    ("other", "其他"),
                ],
                max_length=20,
            ),
        ),
    ]
