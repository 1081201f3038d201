"""Sweetspot on the home screen: its manifest, its icons, its service worker and the shell."""

import re
import struct

import pytest

from tests.conftest import new_person, sign_in
from tracker.pwa.precache import imported
from tracker.settings import ROOT

STATIC = ROOT / "static"


def files_named(text: str) -> set[str]:
    return set(re.findall(r"\"(/static/[^\"]+)\"", text))


@pytest.mark.parametrize(("language", "words"), [("en", "gentle"), ("de", "sanfte")])
def test_the_manifest_speaks_the_language_of_its_page(client, language, words):
    page = client.get("/", headers={"Accept-Language": language})
    (address,) = re.findall(r"rel=\"manifest\" href=\"([^\"]+)\"", page.text)
    answer = client.get(address)
    assert answer.content_type == "application/manifest+json"
    assert answer.json["lang"] == language
    assert words in answer.json["description"]
    assert (answer.json["id"], answer.json["start_url"], answer.json["scope"]) == ("/", "/", "/")
    assert answer.json["display"] == "standalone"


def test_the_plain_address_of_the_manifest_speaks_as_the_browser(client):
    made = client.get("/manifest.webmanifest", headers={"Accept-Language": "de"}).json
    assert made["lang"] == "de"
    assert client.get("/manifest.xx.webmanifest").status_code == 404


def test_the_icons_are_there_in_the_sizes_they_claim(client):
    made = client.get("/manifest.webmanifest").json
    assert {(icon["sizes"], icon["purpose"]) for icon in made["icons"]} == {
        *(("192x192", "any"), ("512x512", "any")),
        *(("192x192", "maskable"), ("512x512", "maskable")),
    }
    for icon in made["icons"]:
        with client.get(icon["src"]) as answer:
            width, height = struct.unpack(">II", answer.data[16:24])
        assert f"{width}x{height}" == icon["sizes"]
        assert len(answer.data) < 10_000


def test_the_shortcuts_lead_to_a_session_and_to_the_log(client, as_alice):
    made = client.get("/manifest.webmanifest").json
    assert [shortcut["url"] for shortcut in made["shortcuts"]] == ["/start", "/sessions/add"]
    assert as_alice.get("/sessions/add").status_code == 200
    assert as_alice.get("/start").location == "/"
    as_alice.post("/spots/side-hip/sides/left")
    assert as_alice.get("/start").location == "/sessions/new?spot=side-hip&side=left"
    assert client.get("/start").status_code == 302


def test_the_worker_keeps_files_that_exist_with_all_that_they_import(client):
    answer = client.get("/sw.js")
    assert answer.content_type.startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    named = files_named(answer.text)
    assert any("post-" in name for name in named)  # loaded when a session begins
    for name in named:
        with client.get(name) as file:
            assert file.status_code == 200, name
        if name.endswith(".js"):
            path = STATIC / name.split("/", 3)[3]
            prefix = name.removesuffix(str(path.relative_to(STATIC)))
            there = {f"{prefix}{each.relative_to(STATIC)}" for each in imported(path)}
            assert there <= named


def test_the_worker_changes_with_the_files(client):
    (version,) = re.findall(r"const VERSION=\"(\w+)\"", client.get("/sw.js").text)
    assert f"/static/{version}/" in client.get("/").text


def test_a_worker_that_is_switched_off_clears_up_and_is_registered_by_no_page(app, client):
    app.config["SERVICE_WORKER"] = False
    try:
        answer = client.get("/sw.js")
        assert "unregister" in answer.text
        assert files_named(answer.text) == set()
        assert "phone/app.js" not in client.get("/").text
    finally:
        app.config["SERVICE_WORKER"] = True
    assert "phone/app.js" in client.get("/").text


@pytest.mark.parametrize("path", ["/offline/", "/offline/en", "/offline/de"])
def test_the_shell_is_the_same_for_everybody(app, client, path):
    eve = new_person(app, "eve@example.org", locale="en")
    eves = sign_in(app, eve)
    eves.post("/spots/side-hip/sides/left")
    eves.get("/spots/")  # takes the message that says so
    shown = eves.get(path)
    assert shown.status_code == 200
    assert shown.text == client.get(path).text
    assert str(eve.id) not in shown.text
    assert "csrf" not in shown.text
    assert "Set-Cookie" not in client.get(path).headers


def test_a_shell_has_the_language_of_its_address(client):
    assert 'lang="de"' in client.get("/offline/de", headers={"Accept-Language": "en"}).text
    assert client.get("/offline/xx").status_code == 404
