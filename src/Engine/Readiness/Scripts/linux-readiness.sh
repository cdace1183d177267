#!/bin/sh
# Looks for what would stop this Linux machine from being generalized, or would stay in its image. It changes nothing.
#
# Runs as root through an Azure managed run command, without parameters, in any POSIX sh. Its answer is lines:
#     imagecmdlets-readiness 1 Linux       the beginning
#     C <check>                            a check that was made
#     S <check> <reason>                   a check that could not be made
#     E|W|I <check> <rule> <evidence>      an error, a warning, a fact
#     X <number>                           the end, and how many findings did not fit
# Azure keeps the last 4,096 bytes of the output: the worst comes first, and what does not fit is counted.

set -u
PATH="${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin:/usr/share/oem/bin"
LC_ALL=C
export PATH LC_ALL

longest=3600
nl='
'
errors=
warnings=
facts=
checks=
name=
reason=

finding() {
    line="$1 $name $2 $(printf '%.200s' "$3" | tr '\000-\037' ' ')"
    case $1 in
        E) errors="$errors$line$nl" ;;
        W) warnings="$warnings$line$nl" ;;
        *) facts="$facts$line$nl" ;;
    esac
}

# A check that could not be made says why in $reason.
check() {
    name=$1
    reason=
    "$2"
    if [ -n "$reason" ]; then
        checks="${checks}S $1 $reason$nl"
    else
        checks="${checks}C $1$nl"
    fi
}

has() {
    command -v "$1" >/dev/null 2>&1
}

has_user() {
    grep -q "^$1:" /etc/passwd
}

# The user that Azure made, whom the agent removes. Nobody else is removed.
owner=
if [ -e /var/lib/waagent/ovf-env.xml ]; then
    owner=$(sed -n 's/.*<[A-Za-z0-9:]*UserName>\([^<]*\)<.*/\1/p' /var/lib/waagent/ovf-env.xml | sed -n 1p)
fi

# The oldest version that Azure supports is 2.2.53.1.
test_agent() {
    if ! has waagent; then
        finding E Linux.AgentMissing 'waagent is not installed'
        return 0
    fi
    version=$(waagent -version 2>/dev/null | sed -n 's/^WALinuxAgent-\([0-9.]*\).*/\1/p') || version=
    if [ -z "$version" ]; then
        finding E Linux.AgentBroken 'waagent -version says nothing'
        return 0
    fi
    major=${version%%.*}
    rest=${version#*.}
    minor=${rest%%.*}
    patch=${rest#*.}
    patch=${patch%%.*}
    if [ "$((major * 1000000 + minor * 1000 + patch))" -lt 2002053 ]; then
        finding W Linux.AgentVersion "WALinuxAgent $version"
    fi
    if has systemctl && ! systemctl is-enabled --quiet walinuxagent 2>/dev/null && ! systemctl is-enabled --quiet waagent 2>/dev/null; then
        finding E Linux.AgentDisabled 'neither walinuxagent nor waagent is enabled'
    fi
    if [ -z "$owner" ]; then
        finding W Linux.OvfEnvMissing '/var/lib/waagent/ovf-env.xml'
    fi
    complaint=$(grep ' ERROR ' /var/log/waagent.log 2>/dev/null | tail -n 1)
    if [ -n "$complaint" ]; then
        finding I Linux.AgentLog "$complaint"
    fi
}

test_cloud_init() {
    if ! has cloud-init; then
        finding I Linux.CloudInitMissing 'cloud-init is not installed'
        return 0
    fi
    state=$(cloud-init status 2>/dev/null | sed -n 's/^status: *//p')
    case $state in
        '' | done*) ;;
        disabled*) finding W Linux.CloudInitState "status: $state" ;;
        *) finding E Linux.CloudInitState "status: $state" ;;
    esac
}

test_user() {
    while IFS=: read -r user _ id _ _ home shell; do
        case $shell in
            */nologin | */false | */sync | */shutdown | */halt) continue ;;
        esac
        if [ "$user" != "$owner" ] && [ "$id" -ge 1000 ] && [ "$id" -lt 65534 ]; then
            finding W Linux.ExtraUser "$user ($home)"
        fi
    done < /etc/passwd
    # The generalization takes it away, whatever the agent is told; who wants it to stay should know.
    case $(grep '^root:' /etc/shadow 2>/dev/null) in
        '' | root:'!'* | root:'*'*) ;;
        root::*) finding I Linux.RootPassword '/etc/shadow: root needs no password' ;;
        *) finding I Linux.RootPassword '/etc/shadow: root has a password' ;;
    esac
}

# cloud-init's file about the user that Azure made is no surprise; what remains of it is for the generalization to remove.
test_sudoers() {
    for file in /etc/sudoers.d/*; do
        if [ ! -f "$file" ]; then
            continue
        fi
        granted=$(grep NOPASSWD "$file" | grep -v '^[[:space:]]*#' | sed -n 1p)
        who=${granted%% *}
        if [ -z "$granted" ] || [ "$who" = "$owner" ]; then
            continue
        fi
        case $who in
            %*) finding W Linux.Sudoers "$file: $granted" ;;
            *)
                if has_user "$who"; then
                    finding W Linux.Sudoers "$file: $granted"
                else
                    finding W Linux.SudoersUnknownUser "$file: $granted"
                fi
                ;;
        esac
    done
}

# Root's keys and those of the user that Azure made go with the generalization.
test_ssh_key() {
    for file in /home/*/.ssh/authorized_keys; do
        if [ -s "$file" ] && [ "$file" != "/home/$owner/.ssh/authorized_keys" ]; then
            finding W Linux.AuthorizedKeys "$file: $(grep -c . "$file") keys"
        fi
    done
    number=0
    for file in /etc/ssh/ssh_host_*_key; do
        if [ -e "$file" ]; then
            number=$((number + 1))
        fi
    done
    if [ "$number" -gt 0 ]; then
        finding I Linux.HostKeyPresent "/etc/ssh: $number keys"
    fi
}

test_machine_id() {
    if [ -s /etc/machine-id ] && [ "$(cat /etc/machine-id)" != uninitialized ]; then
        finding I Linux.MachineIdPresent '/etc/machine-id'
    fi
}

# The generalization removes them all; who wants one to stay should know.
test_history() {
    for file in /root/.*_history /home/*/.*_history; do
        if [ ! -s "$file" ] || [ "$file" = /root/.bash_history ]; then
            continue
        fi
        case $file in
            "/home/$owner/"*) ;;
            *) finding I Linux.ShellHistory "$file" ;;
        esac
    done
}

# The resource disk is empty in every new machine, and has another name in some.
test_swap() {
    while read -r device place kind _; do
        if [ "$kind" != swap ]; then
            continue
        fi
        case $device in
            \#*) ;;
            /mnt/* | /dev/sdb* | /dev/disk/cloud/azure_resource*) finding W Linux.FstabResourceDisk "/etc/fstab: $device $place $kind" ;;
        esac
    done < /etc/fstab
}

# Names of disks change from machine to machine and from boot to boot. What must be there and is not stops the boot.
test_file_system() {
    while read -r device place kind options _; do
        case $device in
            /dev/sd* | /dev/hd* | /dev/xvd* | /dev/nvme*) ;;
            *) continue ;;
        esac
        if [ "$kind" = swap ]; then
            continue
        fi
        case $options in
            *nofail*) finding W Linux.FstabByDevice "/etc/fstab: $device $place $kind $options" ;;
            *) finding E Linux.FstabByDevice "/etc/fstab: $device $place $kind $options" ;;
        esac
    done < /etc/fstab
    if ! has lsattr; then
        return 0
    fi
    for file in /etc/passwd /etc/shadow /etc/group /etc/hostname /etc/machine-id /etc/resolv.conf /etc/sudoers; do
        flags=$(lsattr -d "$file" 2>/dev/null | cut -d ' ' -f 1)
        case $flags in
            *i*) finding E Linux.ImmutableFile "$file" ;;
        esac
    done
}

# The generalization outlives the agent that began it; something has to run it.
test_scheduler() {
    if ! has systemd-run && ! has at && ! has setsid; then
        finding E Linux.NoScheduler 'no systemd-run, at or setsid'
    fi
}

test_disk_space() {
    free=$(df -Pk / 2>/dev/null | sed -n 2p | awk '{print $4}')
    if [ -z "$free" ]; then
        reason='df does not tell.'
    elif [ "$free" -lt 102400 ]; then
        finding E Linux.DiskSpace "/ $((free / 1024)) MiB free"
    elif [ "$free" -lt 524288 ]; then
        finding W Linux.DiskSpace "/ $((free / 1024)) MiB free"
    fi
}

check Agent test_agent
check CloudInit test_cloud_init
check User test_user
check Sudoers test_sudoers
check SshKey test_ssh_key
check MachineId test_machine_id
check History test_history
check Swap test_swap
check FileSystem test_file_system
check Scheduler test_scheduler
check DiskSpace test_disk_space

printf 'imagecmdlets-readiness 1 Linux\n%s' "$checks"
length=${#checks}
length=$((length + 40))
cut=0
while IFS= read -r line; do
    if [ -z "$line" ]; then
        continue
    fi
    size=${#line}
    if [ "$((length + size + 1))" -gt "$longest" ]; then
        cut=$((cut + 1))
        continue
    fi
    printf '%s\n' "$line"
    length=$((length + size + 1))
done <<REPORT
$errors$warnings$facts
REPORT
printf 'X %s\n' "$cut"
