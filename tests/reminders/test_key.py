"""The key that signs notifications is made once and for its owner alone, like the secret key."""

import stat
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tracker.reminders.vapid import public_key, vapid_key
from tracker.settings import SettingsError


def test_it_is_made_once_and_for_its_owner_alone(tmp_path):
    folder = tmp_path / "instance"
    first = vapid_key(folder)
    assert vapid_key(folder) == first
    assert stat.S_IMODE((folder / "vapid_key").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["vapid_key"]


def test_its_public_half_is_what_browsers_take(tmp_path):
    public = public_key(vapid_key(tmp_path))
    assert len(public) == 87
    assert public.startswith("B")
    assert public != public_key(vapid_key(tmp_path / "another"))


def test_four_starts_at_once_agree(tmp_path):
    with ProcessPoolExecutor(4, get_context("spawn")) as pool:
        assert len(set(pool.map(vapid_key, [tmp_path / "here"] * 4))) == 1


@pytest.mark.parametrize("held", ["", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n"])
def test_a_file_that_holds_no_key_stops_the_start(tmp_path, held):
    (tmp_path / "vapid_key").write_text(held)
    with pytest.raises(SettingsError, match="holds no key for notifications"):
        vapid_key(tmp_path)


def test_a_key_that_cannot_be_kept_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsError, match="INSTANCE_PATH"):
        vapid_key(tmp_path / "file" / "instance")
