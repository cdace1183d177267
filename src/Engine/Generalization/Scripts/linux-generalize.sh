#!/bin/sh
# Takes what is personal out of this Linux machine, so that its disk can become an Azure image.
#
# Runs as root through an Azure managed run command, without parameters, in any POSIX sh. It answers with one line of JSON
# and exit code 0 once the work is SCHEDULED, because the work stops the very agent that carries the answer. The work, a
# minute later and outside the agent's control group:
#     cloud-init clean --logs --seed, a new machine id
#     waagent -force -deprovision+user     host keys, leases, the agent's state, the user that Azure made
#     shutdown                             only if all that went well: the machine that stops by itself is the proof
# Other users, their homes and histories, and what else was put on the machine stay as they are.
# Running it twice does no harm: the first job that starts takes a lock, which goes with /run at the next boot.

set -u
PATH="${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin:/usr/share/oem/bin"
export PATH
umask 077

delay=60
outcome=Refused
by=
version=
reason=
warnings=

# Text as the inside of a JSON string.
escape() {
    printf '%s' "$1" | tr -d '\000-\037' | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g'
}

warn() {
    warnings="${warnings:+$warnings,}\"$(escape "$1")\""
}

report() {
    printf '{"result":"imagecmdlets-generalize","os":"Linux","outcome":"%s","by":"%s","delaySeconds":%s,"agent":"%s","reason":"%s","warnings":[%s]}\n' \
        "$outcome" "$by" "$delay" "$(escape "$version")" "$(escape "$reason")" "$warnings"
}

refuse() {
    reason=$1
    report
    exit 1
}

# What is left to do once this script has answered. It is quoted: nothing of it is expanded here.
write_job() {
    cat > "$1.new" <<'JOB' || return 1
set -u
PATH="${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin:/usr/share/oem/bin"
export PATH
lock=$1

mkdir "$lock" 2>/dev/null || exit 0
give_up() {
    rmdir "$lock"
    exit 1
}

if command -v cloud-init >/dev/null 2>&1; then
    # Versions before 22.3 do not know --machine-id and refuse the whole command line.
    cloud-init clean --logs --seed --machine-id >/dev/null 2>&1 ||
        cloud-init clean --logs --seed >/dev/null 2>&1 || give_up
fi

if [ -s /etc/machine-id ] && [ "$(cat /etc/machine-id)" != uninitialized ]; then
    : > /etc/machine-id || give_up
fi
[ -L /var/lib/dbus/machine-id ] || rm -f /var/lib/dbus/machine-id

waagent -force -deprovision+user </dev/null >/dev/null 2>&1 || give_up
# The exit code of 0 proves nothing; that the agent has forgotten this machine does.
[ ! -e /var/lib/waagent/provisioned ] || give_up

sync
shutdown -h now || poweroff
JOB
    # A job of an earlier run may be reading the old file at this moment.
    mv -f "$1.new" "$1"
}

schedule() {
    # systemd-run first: a mere child of the agent dies with the agent's service.
    if command -v systemd-run >/dev/null 2>&1 && systemd-run --on-active="$delay" /bin/sh "$job" "$lock" >/dev/null 2>&1; then
        by=systemd-run
    # at counts in whole minutes, "now + 1 minute" can be a second away; and without its daemon it never comes.
    elif command -v at >/dev/null 2>&1 && [ -e /run/atd.pid ] && echo "/bin/sh $job $lock" | at -M now + 2 minutes >/dev/null 2>&1; then
        by=at
        delay=120
    elif command -v setsid >/dev/null 2>&1; then
        nohup setsid /bin/sh -c "sleep $delay; exec /bin/sh $job $lock" </dev/null >/dev/null 2>&1 &
        by=setsid
    else
        return 1
    fi
}

[ "$(id -u)" = 0 ] || refuse 'The script does not run as root.'
command -v waagent >/dev/null 2>&1 || refuse 'The Azure Linux agent (waagent) is not installed.'
version=$(waagent -version 2>/dev/null | sed -n 1p) || version=
[ -n "$version" ] || refuse 'The Azure Linux agent (waagent) does not run.'
command -v cloud-init >/dev/null 2>&1 || warn 'cloud-init is not installed.'
[ -e /var/lib/waagent/ovf-env.xml ] || warn 'ovf-env.xml is missing: the agent does not know which user Azure made, and leaves it.'

# Only root can write here, and it is empty after a boot.
state=/run
[ -d "$state" ] || state=/var/run
job=$state/imagecmdlets-generalize.sh
lock=$state/imagecmdlets-generalize.lock
write_job "$job" || refuse "The job cannot be written to $state."
schedule || refuse 'There is no systemd-run, no at daemon and no setsid to run a job with.'
outcome=Scheduled
report
