#!/usr/bin/env bash
# What `make drill` builds the cluster from: Debian's programs. Patroni itself comes from requirements/patroni.txt.
set -eu

packages="postgresql etcd-server haproxy pgbouncer iproute2 openssl python3-psycopg2 python3-pip"

if [ -x /usr/bin/etcd ] && [ -x /usr/sbin/haproxy ] && [ -x /usr/sbin/pgbouncer ] &&
    ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 &&
    /usr/bin/python3 -c 'import psycopg2, pip' 2>/dev/null; then
    exit 0
fi
# Where systemd runs, Debian starts what it installs: that is for the owner of the machine to decide.
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && [ ! -d /run/systemd/system ]; then
    echo "Installing Debian's PostgreSQL, etcd, HAProxy and PgBouncer for the drill (once) …"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    if apt-get -qq update && apt-get -qq -y --no-install-recommends install $packages >/dev/null; then
        exit 0
    fi
fi
cat >&2 <<END2
The drill needs Debian packages that are not here. Root installs them with:
  apt-get update && apt-get install --no-install-recommends $packages
On a machine with systemd this also starts them; stop and disable what you do not want.
END2
exit 3
