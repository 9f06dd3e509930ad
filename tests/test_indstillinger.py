"""Settings that would hurt if they slipped."""

from django.core.cache import cache
from redis import Redis

from config import celery_app, settings


def test_cache_clear_leaves_the_queue_alone() -> None:
    koe = Redis.from_url(settings.REDIS_URL)
    koe.set("en-opgave-i-koe", "1", ex=60)
    cache.set("noget", "1")
    cache.clear()
    assert koe.get("en-opgave-i-koe") == b"1"
    assert cache.get("noget") is None


def test_every_periodic_task_exists_and_goes_to_a_queue_that_is_served() -> None:
    celery_app.loader.import_default_modules()
    for plan in settings.CELERY_BEAT_SCHEDULE.values():
        assert plan["task"] in celery_app.tasks
        assert plan["options"]["queue"] in {"standard", "haendelser", "rapport"}
