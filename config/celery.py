"""The Celery application. Every setting with a name beginning CELERY_ is in config.settings."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("rammeaftale", task_cls="faelles.opgave:Opgave")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
