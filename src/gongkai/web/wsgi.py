"""What the server calls. Reading and jobs run beside it in this process, unless GONGKAI_BACKGROUND=0 leaves them to
`gongkai worker`.
"""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
application = get_wsgi_application()

# What the start has loaded stays for good: the collector need not walk it, which would hold a page up for 0.1 s.
gc.collect()
gc.freeze()

if os.environ.get("GONGKAI_BACKGROUND", "1") == "1":
    from gongkai.web.operate.worker import start_background

    start_background()
