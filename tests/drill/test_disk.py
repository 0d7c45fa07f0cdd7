import os
from types import SimpleNamespace

from drill import disk
from drill.disk import Disk


def test_a_disk_is_filled_to_the_last_page_and_freed(tmp_path, monkeypatch):
    room = SimpleNamespace(left=1000)

    def take(file, place, size):
        if size > room.left:
            raise OSError("no space left")
        os.truncate(file, place + size)
        room.left -= size

    monkeypatch.setattr(os, "posix_fallocate", take)
    monkeypatch.setattr(disk, "PIECES", (300, 40, 3))
    small = Disk(tmp_path)
    small.fill()
    assert room.left < 3
    assert small.ballast.stat().st_size == 1000 - room.left
    small.free()
    assert not small.ballast.exists()
