"""The container files, as far as they can be judged without an engine."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECRETS = "deploy/secrets"


def test_secrets_beside_the_compose_file_come_neither_into_an_image_nor_into_git():
    compose = (ROOT / "deploy/compose.yaml").read_text()
    assert "{ file: ./secrets/data_keys }" in compose
    assert SECRETS in (ROOT / ".dockerignore").read_text().splitlines()
    ignored = subprocess.run(
        ["git", "check-ignore", "--quiet", f"{SECRETS}/data_keys"], cwd=ROOT, check=False
    )
    assert ignored.returncode == 0


def test_each_caddy_knows_what_its_part_of_the_caddyfile_says():
    caddyfile = (ROOT / "deploy/Caddyfile").read_text()
    compose = (ROOT / "deploy/compose.yaml").read_text()
    # Debian's 2.6 reads the file as it stands; the image is newer.
    assert "import {$WHOLE_REQUESTS:whole_requests}" in caddyfile
    assert "WHOLE_REQUESTS: whole_requests_since_2_7" in compose
    for snippet in ("whole_requests", "whole_requests_since_2_7"):
        assert f"({snippet}) {{" in caddyfile
