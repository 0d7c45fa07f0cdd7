"""A small disk for one database machine, which can be full."""

import os
import subprocess
from contextlib import suppress
from pathlib import Path

SIZE = "1g"  # of memory, and only what is used


class Disk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ballast = folder / "ballast"

    def lay(self) -> None:
        size = ["-o", f"size={SIZE}", "nobat-drill", str(self.folder)]
        subprocess.run(["mount", "-t", "tmpfs", *size], check=True, capture_output=True)

    def fill(self) -> None:
        """To the last byte, whatever others free meanwhile."""
        with open(self.ballast, "ab") as ballast, suppress(OSError):
            while True:
                left = os.statvfs(self.folder)
                os.posix_fallocate(
                    ballast.fileno(), ballast.seek(0, os.SEEK_END), left.f_bavail * left.f_frsize
                )

    def free(self) -> None:
        self.ballast.unlink(missing_ok=True)

    def take_away(self) -> None:
        subprocess.run(["umount", "--lazy", str(self.folder)], check=False, capture_output=True)
