#!/bin/bash
# Nobat on one empty machine with Debian 12: database, web, worker, backups. As root, from a clone in
# /opt/nobat:   deploy/one-machine/install.sh nobat.example
#
# Each step looks whether it has been done, so that it can be run again after a mistake.
# docs/operating.md tells what comes before and after.
set -euo pipefail

NAME=${1:?the name under which citizens find the site, like nobat.example}
CODE=$(cd "$(dirname "$0")/../.." && pwd)
HERE=$CODE/deploy/one-machine
SECRETS=/etc/nobat/secrets

say() { printf '\n== %s\n' "$*"; }
as_postgres() { runuser -u postgres -- "$@"; }

[ "$(id -u)" = 0 ] || { echo "install.sh must be run as root." >&2; exit 1; }
[ "$CODE" = /opt/nobat ] || { echo "The units expect the code in /opt/nobat, not in $CODE." >&2; exit 1; }
umask 022

say "Programs"
export DEBIAN_FRONTEND=noninteractive
apt-get install --yes --no-install-recommends \
    postgresql pgbackrest caddy python3-venv make git ca-certificates openssl curl

say "The code's own packages, by their hashes"
make --directory "$CODE" install

say "Who runs it"
id nobat >/dev/null 2>&1 || useradd --system --home-dir /var/lib/nobat --create-home --shell /usr/sbin/nologin nobat

say "Secrets, made here and now"
install --directory --mode 750 --group nobat /etc/nobat "$SECRETS"
keep() {  # NAME COMMAND…: what the command prints, unless there is one already
    local file=$SECRETS/$1
    shift
    [ -s "$file" ] || (umask 027; "$@" >"$file.new"; chgrp nobat "$file.new"; mv "$file.new" "$file")
}
data_key() { printf '1:%s\n' "$(openssl rand -base64 32)"; }
keep secret_key openssl rand -base64 48
keep data_keys data_key
keep receipt_key openssl rand -base64 32
[ -s /etc/nobat/nobat.env ] || {
    sed "s/nobat\.example/$NAME/g" "$HERE/nobat.env" >/etc/nobat/nobat.env
    chgrp nobat /etc/nobat/nobat.env
    chmod 640 /etc/nobat/nobat.env
}

say "The database: no password, since the system says who is who"
VERSION=$(ls /etc/postgresql | sort --version-sort | tail -n 1)
CONFIGURATION=/etc/postgresql/$VERSION/main
install --mode 644 "$HERE/postgresql.conf" "$CONFIGURATION/conf.d/nobat.conf"
install --mode 644 "$CODE/deploy/backup/archiving.conf" "$CONFIGURATION/conf.d/archiving.conf"
grep --quiet nobat_app "$CONFIGURATION/pg_hba.conf" || {
    sed --in-place '1i local nobat nobat_app,nobat_migrator peer map=nobat' "$CONFIGURATION/pg_hba.conf"
    printf 'nobat nobat nobat_app\nnobat root nobat_migrator\n' >>"$CONFIGURATION/pg_ident.conf"
}

say "Backups, which nobody reads without a pass phrase"
install --directory --mode 750 --group postgres /etc/pgbackrest /etc/pgbackrest/conf.d
sed "s|/15/|/$VERSION/|" "$CODE/deploy/backup/pgbackrest.conf" >/etc/pgbackrest/pgbackrest.conf
[ -s /etc/pgbackrest/conf.d/secret.conf ] || (
    umask 027
    printf '[global]\nrepo1-cipher-pass=%s\n' "$(openssl rand -base64 48)" >/etc/pgbackrest/conf.d/secret.conf
    chgrp postgres /etc/pgbackrest/conf.d/secret.conf
)
systemctl restart "postgresql@$VERSION-main"
as_postgres pgbackrest --stanza=nobat stanza-create
as_postgres pgbackrest --stanza=nobat check

say "Its roles and tables"
roles() {
    APP_PASSWORD=$(openssl rand -hex 20) MIGRATOR_PASSWORD=$(openssl rand -hex 20) \
    READER_PASSWORD=$(openssl rand -hex 20) BACKUP_PASSWORD=$(openssl rand -hex 20) \
        runuser --preserve-environment -u postgres -- psql --quiet --dbname nobat --file "$CODE/deploy/country/roles.sql"
}
as_postgres psql --quiet --tuples-only --command "SELECT 1 FROM pg_database WHERE datname = 'nobat'" | grep --quiet 1 ||
    as_postgres createdb nobat
roles
install --mode 755 "$HERE/nobat" /usr/local/bin/nobat
nobat migrate
roles

say "Web, worker and what comes each night"
nobat collectstatic --noinput --verbosity 0
install --mode 644 "$HERE"/*.service "$HERE"/*.timer /etc/systemd/system/
sed "s/nobat\.example/$NAME/g" "$CODE/deploy/Caddyfile" >/etc/caddy/Caddyfile
systemctl daemon-reload
systemctl enable --now nobat-backup-full.timer nobat-backup-diff.timer
systemctl enable nobat-web nobat-worker
systemctl restart nobat-web nobat-worker
systemctl reload-or-restart caddy

say "Is it there?"
is_ready() { curl --silent --fail --header "X-Forwarded-Proto: https" http://127.0.0.1:8000/healthz/ready; }
for _ in $(seq 60); do
    is_ready && break
    sleep 1
done
is_ready >/dev/null || { echo "The web does not answer: journalctl -u nobat-web" >&2; exit 1; }
systemctl start nobat-backup-full
as_postgres pgbackrest --stanza=nobat info

cat <<END

Nobat serves https://$NAME/. Three things are yours now:
  1. Copy $SECRETS/data_keys and /etc/pgbackrest/conf.d/secret.conf to a place that does not burn with
     this machine. Without the first nobody can sign in any more; without the second no backup can be read.
  2. Fill in /etc/nobat/nobat.env (a gateway for SMS above all) and: systemctl restart nobat-web nobat-worker
  3. Offices and people: docs/operating.md, "The first day".
END
