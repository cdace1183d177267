#!/bin/sh
# Tells what is personal or secret on a Linux system that is to become an image. Changes nothing, needs no network, and takes nothing but
# POSIX sh, coreutils, find, grep and sed; root sees all, somebody else what may be read.
#
#     sh linux-residue.sh [ROOT]      ROOT is / or the folder where a disk is mounted; or IMAGECMDLETS_ROOT in the environment
#
# Output, the format of which is version 1 and stays: one line each, fields separated by one tab, in UTF-8 as the names on the disk are.
#     imagecmdlets-residue  1  ROOT                     the first line
#     RULE  SEVERITY  PATH  DETAIL                      a finding; RULE is "Linux." and a name that stays, SEVERITY Error, Warning or
#                                                       Information, PATH begins at ROOT, DETAIL some words or nothing
#     imagecmdlets-residue-end  COUNT                   the last line: how many findings there are, also of those that were not asked for
# A run command of Azure's brings back 4,096 bytes. IMAGECMDLETS_SKIP and IMAGECMDLETS_TAKE, numbers in the environment, ask for some of
# the findings; their order does not change while the system does not.
# In a path or a detail, a control character (newline, tab, …) is shown as "?", and a backslash as it is. No content of a secret is
# ever printed: paths, names of users, and counts only.
#     Error           every machine of the image would share it, or it gives somebody access to them
#     Warning         it tells of the machine or its people
#     Information     a fact to know
# Exit code 0 whatever was found, 2 when a parameter is none.

set -u
LC_ALL=C
export LC_ALL
PATH="${PATH:-/usr/bin:/bin}:/usr/sbin:/sbin"

root=${1:-${IMAGECMDLETS_ROOT:-/}}
[ -d "$root" ] || { echo "There is no folder $root." >&2; exit 2; }
shown=$(printf '%s' "$root" | tr '\000-\037\177' '?')
root=${root%/}
count=0
skip=${IMAGECMDLETS_SKIP:-0}
take=${IMAGECMDLETS_TAKE:-1000000}
case $skip$take in
    *[!0-9]*) echo 'IMAGECMDLETS_SKIP and IMAGECMDLETS_TAKE are numbers.' >&2; exit 2 ;;
esac
last=$((skip + take))

# One finding: rule, severity, path, detail.
found() {
    count=$((count + 1))
    if [ "$count" -le "$skip" ] || [ "$count" -gt "$last" ]; then return 0; fi
    path=${3#"$root"}
    printf 'Linux.%s\t%s\t%s\t%s\n' "$1" "$2" "$(printf '%s' "${path:-/}" | tr '\000-\037\177' '?')" "$(printf '%s' "$4" | tr '\000-\037\177' '?')"
}

# Of the paths that are given, those that are there: rule, severity, detail, paths.
present() {
    rule=$1
    severity=$2
    detail=$3
    shift 3
    for candidate in "$@"; do
        if [ -e "$candidate" ]; then found "$rule" "$severity" "$candidate" "$detail"; fi
    done
}

# Files that have something in them.
filled() {
    rule=$1
    severity=$2
    detail=$3
    shift 3
    for candidate in "$@"; do
        if [ -f "$candidate" ] && [ -s "$candidate" ]; then found "$rule" "$severity" "$candidate" "$detail"; fi
    done
}

# A folder with anything in it.
is_filled() {
    [ -d "$1" ] && [ -n "$(find "$1" -mindepth 1 2>/dev/null | head -n 1)" ]
}

# The password field of a user: locked, empty or set. The hash itself goes nowhere.
password_of() {
    [ -r "$root/etc/shadow" ] || return 0
    while IFS=: read -r entry hash _; do
        [ "$entry" = "$1" ] || continue
        case $hash in
            '') echo empty ;;
            '!'* | '*'* | x) echo locked ;;
            *) echo set ;;
        esac
        return 0
    done < "$root/etc/shadow"
}

# The user that Azure made, as the agent or cloud-init has written it down.
made_by_azure() {
    grep 'UserName>' "$root/var/lib/waagent/ovf-env.xml" 2>/dev/null | sed -e 's/.*<[A-Za-z0-9]*:*UserName>//' -e 's/<.*//'
    sed -n 's/^# User rules for //p' "$root/etc/sudoers.d/90-cloud-init-users" 2>/dev/null
}

audit_identity() {
    for key in "$root"/etc/ssh/ssh_host_*_key; do
        if [ -e "$key" ]; then found HostKeys Error "$key" ''; fi
    done
    if [ -s "$root/etc/machine-id" ]; then
        # No id, but with this word systemd applies its presets to all units of each copy.
        if grep -q '^uninitialized$' "$root/etc/machine-id"; then
            found MachineId Warning "$root/etc/machine-id" 'uninitialized'
        else
            found MachineId Error "$root/etc/machine-id" ''
        fi
    fi
    if [ ! -L "$root/var/lib/dbus/machine-id" ]; then
        filled MachineId Error '' "$root/var/lib/dbus/machine-id"
    fi
    filled RandomSeed Warning '' \
        "$root/var/lib/systemd/random-seed" "$root/var/lib/urandom/random-seed"
}

audit_cloud() {
    for folder in instance instances data seed; do
        if is_filled "$root/var/lib/cloud/$folder" || [ -L "$root/var/lib/cloud/$folder" ]; then
            found CloudInitData Error "$root/var/lib/cloud/$folder" ''
        fi
    done
    filled CloudInitLogs Warning '' "$root"/var/log/cloud-init*.log*
    present OvfEnv Error '' "$root/var/lib/waagent/ovf-env.xml"
    if [ -n "$(find "$root/var/lib/waagent" -mindepth 1 ! -name ovf-env.xml 2>/dev/null | head -n 1)" ]; then
        found AgentState Error "$root/var/lib/waagent" ''
    fi
    filled AgentLogs Warning '' "$root"/var/log/waagent.log*
    if is_filled "$root/var/log/azure"; then
        found AgentLogs Warning "$root/var/log/azure" 'of extensions'
    fi
}

# What proves to others that it is this machine: each copy would pass for it.
audit_registrations() {
    filled MachineToken Error '' "$root/var/lib/ubuntu-advantage/private/machine-token.json" "$root/var/lib/ubuntu-pro/private/machine-token.json" \
        "$root/etc/pki/consumer/cert.pem" "$root/etc/pki/consumer/key.pem" "$root/etc/zypp/credentials.d/SCCcredentials"
    filled Keytab Error '' "$root/etc/krb5.keytab"
}

audit_network() {
    filled DhcpLeases Warning '' "$root"/var/lib/dhcp/*.lease* "$root"/var/lib/dhclient/*.lease* \
        "$root"/var/lib/dhcpcd/*.lease* "$root"/var/lib/NetworkManager/*.lease
    # A link is somebody's who writes it anew at each boot.
    if [ ! -L "$root/etc/resolv.conf" ]; then
        filled ResolvConf Warning '' "$root/etc/resolv.conf"
    fi
    filled NetworkNames Warning '' "$root/etc/udev/rules.d/70-persistent-net.rules"
}

audit_disks() {
    present ResourceDiskSwap Warning '' "$root/mnt/resource/swapfile" "$root/mnt/swapfile"
    [ -r "$root/etc/fstab" ] || return 0
    devices=
    volumes=0
    uuids=0
    while read -r device _ || [ -n "$device" ]; do
        case $device in
            /dev/sd[a-z]* | /dev/hd[a-z]* | /dev/vd[a-z]* | /dev/xvd[a-z]* | /dev/nvme[0-9]*) devices="$devices$device " ;;
            /dev/mapper/?*) volumes=$((volumes + 1)) ;;
            UUID=* | PARTUUID=* | LABEL=* | PARTLABEL=*) uuids=$((uuids + 1)) ;;
        esac
    done < "$root/etc/fstab"
    if [ -n "$devices" ]; then
        found FstabByDevice Warning "$root/etc/fstab" "by name of device: ${devices% }"
    fi
    [ "$volumes" = 0 ] || found FstabByDevice Information "$root/etc/fstab" "logical volumes: $volumes"
    [ "$uuids" = 0 ] || found FstabByDevice Information "$root/etc/fstab" "by UUID or label: $uuids"
}

audit_users() {
    case $(password_of root) in
        set) found RootPassword Error "$root/etc/shadow" 'has a password' ;;
        empty) found RootPassword Error "$root/etc/shadow" 'needs no password' ;;
    esac
    azure=$(made_by_azure)
    homes=
    while IFS=: read -r name _ id _ _ home _; do
        case $home in /?*) ;; *) continue ;; esac
        case $id in '' | *[!0-9]*) continue ;; esac
        if [ "$id" -ge 1000 ] && [ "$id" -lt 60000 ]; then
            case $(password_of "$name") in
                set) detail='has a password' ;;
                empty) detail='needs no password' ;;
                *) detail='has no password' ;;
            esac
            if printf '%s\n' "$azure" | grep -Fqx -e "$name"; then
                found ProvisionedUser Error "$root$home" "$name, made with the machine, $detail"
            elif [ "$detail" = 'has no password' ]; then
                found ProvisionedUser Information "$root$home" "$name $detail"
            else
                found ProvisionedUser Warning "$root$home" "$name $detail"
            fi
        fi
        # Users of the system share homes.
        case ":$homes:" in
            *":$home:"*) ;;
            *) homes=$homes:$home; audit_home "$name" "$root$home" ;;
        esac
    done < "$root/etc/passwd"
}

# What lies in a home: name of the user, folder.
audit_home() {
    [ -d "$2" ] || return 0
    keys=Warning
    case $1 in root) keys=Error ;; esac
    if printf '%s\n' "$azure" | grep -Fqx -e "$1"; then keys=Error; fi
    filled AuthorizedKeys "$keys" "$1" "$2/.ssh/authorized_keys" "$2/.ssh/authorized_keys2"
    filled KnownHosts Information '' "$2/.ssh/known_hosts"
    filled ShellHistory Warning "$1" "$2"/.*_history "$2/.local/share/fish/fish_history"
    for key in "$2"/.ssh/*; do
        if [ -f "$key" ] && head -n 1 -- "$key" 2>/dev/null | grep -q '^-----BEGIN .*PRIVATE KEY-----'; then
            found CloudCredentials Error "$key" 'private key'
        fi
    done
    filled CloudCredentials Error 'cloud' "$2/.azure/msal_token_cache.json" "$2/.azure/accessTokens.json" \
        "$2/.azure/service_principal_entries.json" "$2/.azure/service_principal_entries.bin" "$2/.azure/msal_token_cache.bin" "$2/.aws/credentials" "$2/.config/gcloud/credentials.db" \
        "$2/.kube/config" "$2/.docker/config.json"
    filled CloudCredentials Error 'server' "$2/.netrc" "$2/.git-credentials" "$2/.config/git/credentials" "$2/.config/gh/hosts.yml" "$2/.pgpass" "$2/.my.cnf"
}

# The users whom a file of sudo rules names and who are not there, one a line; a line that goes on is one rule, capitals are an alias.
unknown_users() {
    joined=
    while read -r name rule || [ -n "$name" ]; do
        was=$joined
        case "$name $rule" in
            '#'*) joined= ;;
            *\\) joined=1 ;;
            *) joined= ;;
        esac
        if [ -n "$was" ] || [ -z "$rule" ]; then continue; fi
        case $name in
            Defaults | *_Alias | -* | *[!A-Za-z0-9._-]*) continue ;;
            *[!A-Z0-9_]*) ;;
            *) continue ;;
        esac
        cut -d: -f1 "$root/etc/passwd" 2>/dev/null | grep -Fqx -e "$name" || echo "$name"
    done < "$1"
}

# Rules for users that are not there are the rules of whoever gets their name.
audit_sudoers() {
    for file in "$root/etc/sudoers" "$root"/etc/sudoers.d/*; do
        [ -f "$file" ] && [ -r "$file" ] || continue
        unknown=$(unknown_users "$file" | sort -u | tr '\n' ' ')
        if [ -n "$unknown" ]; then found SudoersUnknownUser Error "$file" "${unknown% }"; fi
    done
}

audit_remains() {
    for folder in var/crash var/lib/systemd/coredump var/lib/kdump; do
        if is_filled "$root/$folder"; then found CrashDumps Warning "$root/$folder" ''; fi
    done
    for key in "$root"/tmp/* "$root"/tmp/.[!.]* "$root"/var/tmp/* "$root"/var/tmp/.[!.]*; do
        if [ -f "$key" ] && [ ! -L "$key" ] && head -c 4096 -- "$key" 2>/dev/null | grep -q '^-----BEGIN .*PRIVATE KEY-----'; then
            found TemporaryKeys Error "$key" 'private key'
        fi
    done
}

printf 'imagecmdlets-residue\t1\t%s\n' "$shown"
audit_identity
audit_cloud
audit_registrations
audit_network
audit_disks
if [ -r "$root/etc/passwd" ]; then audit_users; fi
audit_sudoers
audit_remains
printf 'imagecmdlets-residue-end\t%s\n' "$count"
