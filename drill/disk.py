"""A small disk for one database machine, which can be full."""

import os
import subprocess
from contextlib import suppress
from pathlib import Path

SIZE = "1g"  # of memory, and only what is used
PIECES = (64 << 20, 1 << 20, 4 << 10)  # one that does not fit any more is taken back whole


class Disk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ballast = folder / "ballast"

    def lay(self) -> None:
        size = ["-o", f"size={SIZE}", "nobat-drill", str(self.folder)]
        subprocess.run(["mount", "-t", "tmpfs", *size], check=True, capture_output=True)

    def fill(self) -> None:
        """To the last page: in large pieces, then in small ones."""
        with open(self.ballast, "ab") as ballast:
            for piece in PIECES:
                with suppress(OSError):
                    while True:
                        os.posix_fallocate(
                            ballast.fileno(), os.fstat(ballast.fileno()).st_size, piece
                        )

    def free(self) -> None:
        self.ballast.unlink(missing_ok=True)

    def take_away(self) -> None:
        subprocess.run(["umount", "--lazy", str(self.folder)], check=False, capture_output=True)
