"""Where the app has a service worker, it listens for what is pushed."""

from tracker.settings import ROOT

LISTENS = ("sw-push", 'addEventListener("push"')


def test_a_worker_of_the_app_brings_the_listeners_along(client):
    answer = client.get("/sw.js")
    source = ROOT / "static" / "js" / "sw.js"
    assert answer.status_code == (200 if source.exists() else 404)
    assert answer.status_code == 404 or any(words in answer.text for words in LISTENS)
