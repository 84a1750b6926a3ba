"""What is kept of each organ's figures is reckoned anew: it now says which records they were counted from."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("collection", "0005_january_append_only")]
    operations = [migrations.RunSQL("DELETE FROM collection_contribution", migrations.RunSQL.noop)]
