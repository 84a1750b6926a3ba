"""Settings of the desk. One machine and SQLite by default; PostgreSQL by one setting (GONGKAI_DATABASE_URL)."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from gongkai.web.databases import database_from
from gongkai.web.datafolder import data_folder, keys_folder, secret

HERE = Path(__file__).resolve().parent
GONGKAI_DATA = data_folder()
GONGKAI_KEYS = keys_folder(GONGKAI_DATA)

SECRET_KEY = secret(GONGKAI_KEYS, "secret.key", formerly=GONGKAI_DATA)
GONGKAI_AUDIT_SALT = secret(GONGKAI_KEYS, "audit-salt.key", formerly=GONGKAI_DATA)
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *os.environ.get("GONGKAI_HOSTS", "").split()]

INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "gongkai.web.jobs",
    "gongkai.web.audit",
    "gongkai.web.people",
    "gongkai.web.organs",
    "gongkai.web.limits",
    "gongkai.web.files",
    "gongkai.web.messages",
    "gongkai.web.search",
    "gongkai.web.changes",
    "gongkai.web.clients",
    "gongkai.web.rules",
    "gongkai.web.review",
    "gongkai.web.proactive",
    "gongkai.web.onrequest",
    "gongkai.web.registers",
    "gongkai.web.guide",
    "gongkai.web.interaction",
    "gongkai.web.erasure",
    "gongkai.web.coverage",
    "gongkai.web.cms",
    "gongkai.web.patrol",
    "gongkai.web.exchange",
    "gongkai.web.annual",
    "gongkai.web.compilation",
    "gongkai.web.narrative",
    "gongkai.web.issuing",
    "gongkai.web.collection",
    "gongkai.web.oversight",
    "gongkai.web.appraisal",
    "gongkai.web.assessment",
    "gongkai.web.overview",
    "gongkai.web.portal",
    "gongkai.web.api",
    "gongkai.web.workbench",
]

MIDDLEWARE = [
    "gongkai.web.health.HealthMiddleware",
    "gongkai.web.memo.MemoryMiddleware",
    "gongkai.web.portal.kept.KeptPages",
    "django.middleware.security.SecurityMiddleware",
    "gongkai.web.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.web.headers.SizeMiddleware",
    "gongkai.web.sent.PlainAddress",
    "gongkai.web.portal.kept.PublicLane",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongkai.web.people.middleware.PersonMiddleware",
    "gongkai.web.sent.PlainForm",
]

ROOT_URLCONF = "gongkai.web.urls"
WSGI_APPLICATION = "gongkai.web.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "gongkai.web.workbench.context.desk",
            ],
        },
    }
]


DATABASES = {"default": database_from(os.environ.get("GONGKAI_DATABASE_URL", ""), GONGKAI_DATA)}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

# Accounts: parameters of 等级保护 practice (GB/T 22239-2019 asks for the controls, not for these numbers).
AUTH_USER_MODEL = "people.Account"
GONGKAI_LOGIN: dict[str, Any] = {
    "password_length": 8,
    "password_classes": 3,
    "password_days": 90,
    "password_history": 5,
    "failures": 5,
    "lock_minutes": 30,
    "address_failures": 30,
    "idle_minutes": 15,
    # Who must have a second factor: "everyone", "administrators" or "nobody". Anyone may.
    "second_factor": "administrators",
}
# Behind a server that speaks TLS for this one: cookies for TLS only, the address from its header.
GONGKAI_BEHIND_TLS = os.environ.get("GONGKAI_BEHIND_TLS", "") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = GONGKAI_BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if GONGKAI_BEHIND_TLS else None
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "gongkai_session"

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "gongkai.web.urls.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# A county hands in sixty reports at once; one scanned report may be large. Both limits are said on the page.
GONGKAI_FILE_LIMIT = 50 * 1024 * 1024
GONGKAI_BATCH_LIMIT = 300 * 1024 * 1024
GONGKAI_BATCH_FILES = 500
GONGKAI_READING_SECONDS = 30
GONGKAI_DEMO_ENTRIES = int(os.environ.get("GONGKAI_DEMO_ENTRIES") or 3000)
# An index beside the database that ranks what is found without a cap; needs the extra `search` (tantivy).
GONGKAI_SEARCH_INDEX = os.environ.get("GONGKAI_SEARCH_INDEX", "") == "1"
GONGKAI_READING_BYTES = 1024 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 2000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_PERMISSIONS = 0o600

# The public side. GONGKAI_PORTAL takes the place of single values: {"files": 5}. None of them keeps out one who applies
# as people do; who comes near a limit answers a small question first.
GONGKAI_PORTAL: dict[str, int] = {
    "form_seconds": 3,  # faster than anyone fills in a form
    "form_hours": 24,
    "file_megabytes": 20,
    "files": 10,
    "files_megabytes": 60,
    "request_megabytes": 80,  # more is refused before a byte of it is kept
    "asks_after_address": 5,  # applications a day from one address before a question is asked
    "most_address": 60,
    "asks_after_identity": 3,  # of one identity number
    "most_identity": 20,
    "asks_after_county": 300,
    "code_free": 3,  # wrong query codes before a pause
    "code_most": 10,
    "code_most_address": 30,
    "code_minutes": 15,
    "follow_minutes": 30,
    "kept_megabytes": 12,  # of public pages each process keeps
    "acts_a_day": 10,  # complaints, unreadable files and the like of one application
} | json.loads(os.environ.get("GONGKAI_PORTAL") or "{}")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"masked": {"()": "gongkai.web.logs.Masked"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "masked"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
