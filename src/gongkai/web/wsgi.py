"""What the server calls. The desk's reading runs beside it, in this process's background."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
application = get_wsgi_application()

if os.environ.get("GONGKAI_READ_IN_BACKGROUND", "1") == "1":
    from gongkai.web.annual.desk import start_reading

    start_reading()
