#!/bin/sh
# Tells how far this Linux machine is with being deprovisioned. Runs as root in any POSIX sh, without parameters, and changes nothing.
#
# It answers with lines NAME=VALUE between "imagecmdlets-state 1" and "imagecmdlets-state-end"; a value that is not there is empty.
# The machine id itself is nobody's business. BootTime is in seconds since 1970, by the machine's own clock.

set -u
LC_ALL=C
export LC_ALL
PATH="${PATH:-/usr/bin:/bin}:/usr/sbin:/sbin"

is_there() {
    if [ -e "$1" ]; then echo True; else echo False; fi
}

machine_id() {
    if [ ! -e /etc/machine-id ]; then
        echo Missing
    elif [ ! -s /etc/machine-id ]; then
        echo Empty
    elif grep -q '^uninitialized$' /etc/machine-id; then
        echo Uninitialized
    else
        echo Set
    fi
}

# What linux-generalize.sh has left since the last boot.
job() {
    state=/run
    [ -d "$state" ] || state=/var/run
    if grep -q '"outcome":"Deprovisioned"' "$state/imagecmdlets-generalize.result" 2>/dev/null; then
        echo Deprovisioned
    elif [ -e "$state/imagecmdlets-generalize.lock" ]; then
        echo Running
    elif [ -e "$state/imagecmdlets-generalize.result" ]; then
        echo Failed
    elif [ -e "$state/imagecmdlets-generalize.sh" ]; then
        echo Scheduled
    else
        echo None
    fi
}

# Why the job failed: the job writes it without quotation marks and backslashes.
reason() {
    state=/run
    [ -d "$state" ] || state=/var/run
    sed -n 's/.*"outcome":"Failed","reason":"\([^"]*\)".*/\1/p' "$state/imagecmdlets-generalize.result" 2>/dev/null
}

echo 'imagecmdlets-state 1'
echo "IsAgentProvisioned=$(is_there /var/lib/waagent/provisioned)"
echo "HasOvfEnv=$(is_there /var/lib/waagent/ovf-env.xml)"
echo "CloudInitInstance=$(head -n 1 /var/lib/cloud/data/instance-id 2>/dev/null)"
echo "MachineId=$(machine_id)"
echo "Job=$(job)"
echo "JobReason=$(reason)"
echo "BootTime=$(sed -n 's/^btime //p' /proc/stat 2>/dev/null)"
echo 'imagecmdlets-state-end'
