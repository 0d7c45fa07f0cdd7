#!/usr/bin/env bash
# The tests in a real browser drive Debian's Chromium.
set -eu

if [ -x /usr/bin/chromium ]; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's Chromium for the browser tests (once) …"
    export DEBIAN_FRONTEND=noninteractive
    if apt-get -qq update && apt-get -qq -y --no-install-recommends install chromium >/dev/null; then
        exit 0
    fi
fi
cat >&2 <<'END'
********************************************************************************
  There is no /usr/bin/chromium here: THE BROWSER TESTS WILL BE SKIPPED.
  On Debian, root installs it with: apt-get update && apt-get install chromium
********************************************************************************
END
