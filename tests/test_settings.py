"""Whoever runs Sweetspot sets it up: a wrong setting stops the start with a sentence."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from tracker.settings import ROOT, SettingsError, from_environ

KEY = "k7-nobody-can-guess-this-one-here"


def settings(folder: Path, **environ: str):
    return from_environ({"INSTANCE_PATH": str(folder), **environ})


def test_nothing_needs_to_be_set(tmp_path):
    made = settings(tmp_path)
    assert made.database_url == f"sqlite:///{tmp_path}/sweetspot.db"
    assert (made.host, made.port, made.proxies) == ("127.0.0.1", 8000, 0)
    assert made.trusted_hosts == ()
    assert not made.sends_mail


def test_what_is_set_is_used(tmp_path):
    made = settings(
        tmp_path,
        SECRET_KEY=KEY,
        DATABASE_URL="postgresql+psycopg://me@db/sweetspot",
        HOST="192.0.2.7",
        PORT="80",
        PROXIES="1",
        TRUSTED_HOSTS="sweetspot.example.org, .example.net",
        MAIL_SERVER="mail.example.org",
        MAIL_PORT="587",
        MAIL_USE_TLS="Yes",
    )
    assert made.secret_key == KEY
    assert made.database_url == "postgresql+psycopg://me@db/sweetspot"
    assert (made.host, made.port, made.proxies) == ("192.0.2.7", 80, 1)
    assert made.trusted_hosts == ("sweetspot.example.org", ".example.net")
    assert made.mail == {
        "MAIL_SERVER": "mail.example.org",
        "MAIL_PORT": 587,
        "MAIL_USE_TLS": True,
    }


@pytest.mark.parametrize(("value", "on"), [("", True), ("on", True), ("OFF", False)])
def test_the_service_worker_can_be_switched_off(tmp_path, value, on):
    assert settings(tmp_path, SERVICE_WORKER=value).service_worker is on


def test_a_service_worker_that_is_neither_on_nor_off_stops_the_start(tmp_path):
    with pytest.raises(SettingsError, match="SERVICE_WORKER must be on or off"):
        settings(tmp_path, SERVICE_WORKER="maybe")


@pytest.mark.parametrize(
    ("value", "link"),
    [
        ("texts@sweetspot.example.org", "mailto:texts@sweetspot.example.org"),
        (" https://example.org/tell?what=texts ", "https://example.org/tell?what=texts"),
        ("", None),
    ],
)
def test_whom_to_tell_of_an_error_becomes_a_link(tmp_path, value, link):
    assert settings(tmp_path, SWEETSPOT_CONTACT=value).contact == link


def test_an_empty_setting_is_none(tmp_path):
    assert settings(tmp_path, PORT="", DATABASE_URL="", SECRET_KEY="", MAIL_PORT="").port == 8000


def test_an_sqlite_file_is_looked_for_where_the_start_was(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = from_environ({"INSTANCE_PATH": "here", "SECRET_KEY": KEY})
    assert made.database_url == f"sqlite:///{tmp_path}/here/sweetspot.db"
    named = from_environ({"DATABASE_URL": "sqlite:///mine.db", "SECRET_KEY": KEY})
    assert named.database_url == f"sqlite:///{tmp_path}/mine.db"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "changeme"),
        ("SECRET_KEY", "x" * 31),
        ("DATABASE_URL", "sqlite:/one-slash.db"),
        ("DATABASE_URL", "postgresql://me@db/sweetspot"),
        ("DATABASE_URL", "mysql://me@db/sweetspot"),
        ("DATABASE_URL", "sweetspot.db"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "postgresql+psycopg://me@host:port/sweetspot"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "80.0"),
        ("PORT", "eighty"),
        ("PORT", "٨٠٠٠"),
        ("PORT", "8_000"),
        ("PORT", "9" * 5000),
        ("PROXIES", "yes"),
        ("PROXIES", "9"),
        ("TRUSTED_HOSTS", "https://sweetspot.example.org"),
        ("TRUSTED_HOSTS", "one.example.org two.example.org"),
        ("TRUSTED_HOSTS", "*"),
        ("SWEETSPOT_CONTACT", "ask me"),
        ("SWEETSPOT_CONTACT", "javascript:alert(1)"),
        ("SWEETSPOT_CONTACT", "me@example.org, you@example.org"),
        ("MAIL_USERNAME", "me"),
        ("MAIL_PORT", "587"),
    ],
)
def test_a_wrong_setting_is_named_in_a_sentence(tmp_path, name, value):
    with pytest.raises(SettingsError) as refused:
        settings(tmp_path, **{name: value})
    assert name.split("_")[0] in str(refused.value)
    assert str(refused.value).endswith((".", ")."))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAIL_PORT", "smtp"),
        ("MAIL_PORT", "0"),
        ("MAIL_USE_TLS", "maybe"),
        ("MAIL_USE_SSL", "2"),
        ("MAIL_SEVER", "mail.example.org"),
        ("MAIL_PASSWORT", "x"),
    ],
)
def test_a_typo_in_the_mail_settings_is_not_passed_over(tmp_path, name, value):
    with pytest.raises(SettingsError, match=name):
        settings(tmp_path, MAIL_SERVER="mail.example.org", **{name: value})


def test_mail_needs_to_know_its_own_hosts(tmp_path):
    with pytest.raises(SettingsError, match="TRUSTED_HOSTS must be set"):
        settings(tmp_path, MAIL_SERVER="mail.example.org")


def test_a_secret_is_not_repeated_in_the_message(tmp_path):
    with pytest.raises(SettingsError) as refused:
        settings(tmp_path, SECRET_KEY="hunter2-hunter2")
    assert "hunter2" not in str(refused.value)


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path):
    folder = tmp_path / "instance"
    first = settings(folder).secret_key
    assert settings(folder).secret_key == first
    assert len(first) >= 64
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret_key"]


def test_two_installations_have_two_keys(tmp_path):
    assert settings(tmp_path / "a").secret_key != settings(tmp_path / "b").secret_key


def test_four_starts_at_once_agree_on_the_key(tmp_path):
    with ProcessPoolExecutor(4, get_context("spawn")) as pool:
        for number in range(5):
            folder = tmp_path / str(number)
            started = pool.map(from_environ, [{"INSTANCE_PATH": str(folder)}] * 4)
            assert len({made.secret_key for made in started}) == 1
            assert [path.name for path in folder.iterdir()] == ["secret_key"]


def test_a_key_that_cannot_be_kept_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        settings(tmp_path / "file" / "instance")


def test_an_emptied_key_file_is_not_taken_for_a_key(tmp_path):
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(SettingsError):
        settings(tmp_path)


@pytest.mark.parametrize(
    "wrong",
    [
        {"PORT": "eighty"},
        {"DATABASE_URL": "sqlite:////proc/no/such/folder/x.db"},
        {"DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/none"},
    ],
    ids=lambda wrong: next(iter(wrong.values())),
)
def test_a_wrong_setting_stops_the_start_without_a_stack_trace(tmp_path, wrong):
    environ = {"PATH": os.environ["PATH"], "INSTANCE_PATH": str(tmp_path), **wrong}
    started = subprocess.run(
        [sys.executable, str(ROOT / "wsgi.py")],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert started.returncode == 1
    assert started.stderr.startswith("Sweetspot did not start. ")
    assert next(iter(wrong)) in started.stderr
    assert "Traceback" not in started.stderr
    assert started.stdout == ""
