#!/usr/bin/env bash
# An authority of one's own, and a certificate for each machine inside: make_certificates.sh FOLDER NAME=ADDRESS …
# FOLDER/ca.key stays where it was made and goes to no machine. A name that has one already keeps it.
set -eu
umask 077
folder=$1
shift
mkdir -p "$folder"
cd "$folder"
if [ ! -s ca.crt ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -sha256 \
        -subj "/CN=Nobat inside" -addext "keyUsage=critical,keyCertSign,cRLSign" \
        -keyout ca.key -out ca.crt 2>/dev/null
fi
for machine in "$@"; do
    name=${machine%%=*} address=${machine#*=}
    mkdir -p "$name"
    [ -s "$name/machine.crt" ] && continue
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$name" \
        -keyout "$name/machine.key" -out "$name/request" 2>/dev/null
    # Each asks the others and is asked by them.
    printf '%s\n' "subjectAltName=DNS:$name,IP:$address,IP:127.0.0.1" "extendedKeyUsage=serverAuth,clientAuth" \
        >"$name/extensions"
    openssl x509 -req -in "$name/request" -CA ca.crt -CAkey ca.key -CAcreateserial -days 825 -sha256 \
        -extfile "$name/extensions" -out "$name/machine.crt" 2>/dev/null
    rm "$name/request" "$name/extensions"
    cp ca.crt "$name/ca.crt"
    chmod 755 "$name"
    chmod 644 "$name/machine.crt" "$name/ca.crt"
done
