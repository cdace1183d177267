#!/bin/sh
# Takes what is personal out of this Linux machine, so that its disk can become an Azure image.
#
# Runs as root through an Azure managed run command, in any POSIX sh. Parameters are variables of its environment, all optional;
# names of users are letters, digits, ". _ -", and several are separated by commas:
#     IMAGECMDLETS_ADMIN_USER     the user that Azure made; otherwise ovf-env.xml or cloud-init's sudo rules name it
#     IMAGECMDLETS_REMOVE_USERS   users that go too
#     IMAGECMDLETS_KEEP_USERS     users that stay, whatever else names them; with root its authorized keys stay and its password is not touched
# A name in one of the last two that is no user's is refused, before anything is changed.
#
# It answers with one line of JSON and exit code 0 once the work is SCHEDULED, because the work stops the very agent that carries
# the answer. The work, a minute later and outside the agent's control group:
#     cloud-init clean --logs --seed, an empty machine id
#     waagent -force -deprovision+user     host keys, leases, the agent's state, the user that Azure made
#     what these two leave                 sudo rules of users that are gone, root's password and authorized keys, all shell histories, extension
#                                          logs, swap on the temporary disk, the random seed; and the user, if the agent kept it
#     shutdown                             only if all that is gone: the machine that stops by itself is the proof
# How the work ended is a line like the answer, outcome Deprovisioned or Failed, on the console (Azure's boot diagnostics show it)
# and, until the next boot, in /run/imagecmdlets-generalize.result. After a failure the agent is started again.
# Other users with their homes and keys, and what else was put on the machine, stay as they are.
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
users=
user="${IMAGECMDLETS_ADMIN_USER:-}"
remove="${IMAGECMDLETS_REMOVE_USERS:-}"
keep="${IMAGECMDLETS_KEEP_USERS:-}"

# Text as the inside of a JSON string.
escape() {
    printf '%s' "$1" | tr -d '\000-\037' | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g'
}

warn() {
    warnings="${warnings:+$warnings,}\"$(escape "$1")\""
}

report() {
    printf '{"result":"imagecmdlets-generalize","os":"Linux","outcome":"%s","by":"%s","delaySeconds":%s,"agent":"%s","users":"%s","reason":"%s","warnings":[%s]}\n' \
        "$outcome" "$by" "$delay" "$(escape "$version")" "$users" "$(escape "$reason")" "$warnings"
}

refuse() {
    reason=$1
    report
    exit 1
}

# Names end up as words of a command line: nothing but names may pass.
check_names() {
    case ",$1" in
        *[!A-Za-z0-9._,-]* | *,-*) refuse 'A name that was given to the script is not the name of a user.' ;;
    esac
}

# The user that Azure made, as far as the machine itself knows.
find_user() {
    # The agent keeps the file that Azure handed over; another program may have written prefixes into its elements.
    found=$(grep 'UserName>' /var/lib/waagent/ovf-env.xml 2>/dev/null | sed -e 's/.*<[A-Za-z0-9]*:*UserName>//' -e 's/<.*//')
    [ -n "$found" ] || found=$(grep '^# User rules for ' /etc/sudoers.d/90-cloud-init-users 2>/dev/null | sed 's/^# User rules for //')
    # Of several nobody knows which one it is.
    case $found in
        -* | *[!A-Za-z0-9._-]*) ;;
        *) user=$found ;;
    esac
}

# Which users go: the names that are left of "$user,$remove", as words for the job. Of the user that only Azure or the machine's files
# know, there may be nothing left; a name that somebody gave and that nobody has is misspelt, unless an earlier run took that user away.
choose_users() {
    for name in $(printf '%s' "$keep,$remove" | tr ',' ' '); do
        if ! id -u "$name" >/dev/null 2>&1 && ! grep -Fqx -e "$name" "$removed" 2>/dev/null; then
            refuse "There is no user $name."
        fi
    done
    for name in $(printf '%s' "$user,$remove" | tr ',' ' '); do
        case ",$keep," in
            *",$name,"*) continue ;;
        esac
        id=$(id -u "$name" 2>/dev/null) || continue
        [ "$id" -ge 1000 ] || refuse "The user $name belongs to the system and cannot be removed."
        users="${users:+$users,}$name"
    done
}

# What is left to do once this script has answered. It is quoted: nothing of it is expanded here.
write_job() {
    cat > "$1.new" <<'JOB' || return 1
set -u
PATH="${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin:/usr/share/oem/bin"
export PATH
lock=$1
deprovision=$2
users=$3
keep=$4
result=${lock%.lock}.result
failed=
left=
nl='
'

mkdir "$lock" 2>/dev/null || exit 0

tell() {
    line="{\"result\":\"imagecmdlets-generalize\",\"os\":\"Linux\",\"outcome\":\"$1\",\"reason\":\"$(printf '%s' "$2" | tr -d '\000-\037"\\')\"}"
    printf '%s\n' "$line" > "$result"
    # A console that takes nothing must not keep the machine from stopping.
    [ ! -w /dev/console ] || printf '\r\n%s\r\n' "$line" | timeout 5 tee /dev/console >/dev/null 2>&1
}

give_up() {
    tell Failed "$1"
    # The machine is still somebody's: it has to answer.
    systemctl start walinuxagent >/dev/null 2>&1 || systemctl start waagent >/dev/null 2>&1
    rmdir "$lock"
    exit 1
}

is_kept() {
    case ",$keep," in
        *",$1,"*) return 0 ;;
    esac
    return 1
}

# Removes files and directories, and remembers what does not go.
forget() {
    rm -rf "$@" 2>/dev/null
    for path in "$@"; do
        if [ -e "$path" ]; then left="${left:+$left, }$path"; fi
    done
}

# Whether a rule of sudo, written in one line, is that of one user alone, and this one is gone.
is_of_gone_user() {
    read -r name rest <<RULE
$1
RULE
    case $name in
        '' | Defaults | *_Alias | *[!A-Za-z0-9._-]*) return 1 ;;
        # Capitals make an alias (sudoers(5)), unless it is the name of a user that this job has removed.
        *[!A-Z0-9_]*) ;;
        *)
            case ",$users," in
                *",$name,"*) ;;
                *) return 1 ;;
            esac
            ;;
    esac
    case $rest in
        ,*) return 1 ;;
    esac
    ! id "$name" >/dev/null 2>&1
}

# What sudo does not take would end sudo for everybody: the old file stays then, and the machine runs on.
replace_rules() {
    if ! { cp -p "$1" "$1.new" && printf '%s' "$2" > "$1.new"; } 2>/dev/null; then
        failed="$1 cannot be written."
    elif command -v visudo >/dev/null 2>&1 && ! visudo -cqf "$1.new" >/dev/null 2>&1; then
        left="${left:+$left, }rules in $1"
    elif ! mv -f "$1.new" "$1" 2>/dev/null; then
        failed="$1 cannot be written."
    fi
    # sudo overlooks files with a dot in their names, but it is to be nobody's surprise.
    rm -f "$1.new"
}

# Rules for users that are gone would be the rules of whoever gets their name. A rule goes on after a backslash at the end of a line, and
# the last line may have no end.
forget_rules() {
    [ -e "$1" ] || return 0
    rules=
    gone=
    rule=
    text=
    while IFS= read -r line || [ -n "$line" ]; do
        if [ -z "$rule" ]; then
            case $line in
                '#include'* | '#'[0-9]*) ;;
                '' | '#'*) continue ;;
            esac
        fi
        rule="$rule$line$nl"
        case $line in
            *\\) text="$text${line%?} "; continue ;;
        esac
        if is_of_gone_user "$text$line"; then gone=1; else rules="$rules$rule"; fi
        rule=
        text=
    done < "$1"
    rules="$rules$rule"
    if [ -z "$rules" ]; then
        forget "$1"
    elif [ -n "$gone" ]; then
        replace_rules "$1" "$rules"
    fi
}

# The agent locks root only where Provisioning.DeleteRootPassword=y tells it to. A hash behind a "!" is locked, but still a hash.
lock_root() {
    grep -q '^root:[!*][!*A-Za-z]*:' /etc/shadow 2>/dev/null && return 0
    usermod -p '*' root >/dev/null 2>&1 || passwd -l root >/dev/null 2>&1
    grep -q '^root:[!*]' /etc/shadow 2>/dev/null || left="${left:+$left, }password of root"
}

# Swap on the temporary disk is the agent's. Where the disk is not mounted, its file is on this one.
forget_swap() {
    if [ -e "$1" ] && ! grep -q "^$1[[:space:]]" /etc/fstab 2>/dev/null; then
        swapoff "$1" >/dev/null 2>&1
        forget "$1"
    fi
}

if command -v cloud-init >/dev/null 2>&1; then
    # Not with --machine-id: since 23.1 that writes "uninitialized".
    cloud-init clean --logs --seed >/dev/null 2>&1 || give_up 'cloud-init clean failed.'
fi

# Without the file, and with "uninitialized" in it, systemd takes the next boot for the first one ever, and enables by its presets what
# somebody has disabled (machine-id(5), "First Boot Semantics"). Empty, it is only filled.
if [ ! -e /etc/machine-id ] || [ -s /etc/machine-id ]; then
    printf '' > /etc/machine-id || give_up '/etc/machine-id cannot be written.'
    chmod 444 /etc/machine-id
fi
[ -L /var/lib/dbus/machine-id ] || rm -f /var/lib/dbus/machine-id

waagent -force "-$deprovision" </dev/null >/dev/null 2>&1 || give_up "waagent -force -$deprovision failed."
# The exit code of 0 proves nothing; that the agent has forgotten this machine does.
[ ! -e /var/lib/waagent/provisioned ] || give_up "waagent -force -$deprovision did nothing."

# Shells write their history when their terminal goes, which would be after it was removed.
for terminal in /dev/pts/[0-9]*; do
    if [ -e "$terminal" ]; then pkill -KILL -t "${terminal#/dev/}" >/dev/null 2>&1; fi
done

# The agent keeps the user when it cannot read ovf-env.xml.
for name in $(printf '%s' "$users" | tr ',' ' '); do
    if id "$name" >/dev/null 2>&1; then userdel -f -r "$name" >/dev/null 2>&1; fi
    if id "$name" >/dev/null 2>&1; then left="${left:+$left, }user $name"; fi
done
forget_rules /etc/sudoers.d/90-cloud-init-users
forget_rules /etc/sudoers.d/waagent
for name in $(printf '%s' "$users" | tr ',' ' '); do
    forget_rules "/etc/sudoers.d/$name"
done

# With cloud-init, or unless it is told otherwise, the agent makes new keys; else the machine would have none and no SSH server.
if command -v cloud-init >/dev/null 2>&1 || ! grep -qi '^Provisioning.RegenerateSshHostKeyPair=n' /etc/waagent.conf 2>/dev/null; then
    forget /etc/ssh/ssh_host_*
fi
if ! is_kept root; then
    lock_root
    forget /root/.ssh/authorized_keys
fi
while IFS=: read -r name password id group comment home shell; do
    case $home in
        /?*) forget "$home"/.*_history "$home/.local/share/fish/fish_history" ;;
    esac
done < /etc/passwd
forget /var/lib/waagent/* /var/log/azure/* /var/log/waagent.log*
forget /var/lib/cloud/instance /var/lib/cloud/instances /var/lib/cloud/data /var/lib/cloud/seed /var/log/cloud-init*.log*
forget /var/lib/dhcp/* /var/lib/dhclient/* /var/lib/dhcpcd/* /var/lib/NetworkManager/*.lease
forget_swap /mnt/resource/swapfile
forget_swap /mnt/swapfile
# Stopped now, its service has no seed to write when the machine shuts down.
systemctl stop systemd-random-seed >/dev/null 2>&1
forget /var/lib/systemd/random-seed /var/lib/urandom/random-seed

[ -z "$failed" ] || give_up "$failed"
[ -z "$left" ] || give_up "Could not be removed: $left"
tell Deprovisioned ''
sync
shutdown -h now || poweroff
JOB
    # A job of an earlier run may be reading the old file at this moment.
    mv -f "$1.new" "$1"
}

schedule() {
    # Empty words would get lost on their way through at and sh -c.
    call="/bin/sh $job $lock $deprovision ${users:-,} ${keep:-,}"
    # systemd-run first: a mere child of the agent dies with the agent's service.
    # The call is a list of words, none of which needs quotes.
    # shellcheck disable=SC2086
    if command -v systemd-run >/dev/null 2>&1 && systemd-run --on-active="$delay" $call >/dev/null 2>&1; then
        by=systemd-run
    # at counts in whole minutes, "now + 1 minute" can be a second away; and without its daemon it never comes.
    elif command -v at >/dev/null 2>&1 && [ -e /run/atd.pid ] && echo "$call" | at -M now + 2 minutes >/dev/null 2>&1; then
        by=at
        delay=120
    elif command -v setsid >/dev/null 2>&1; then
        nohup setsid /bin/sh -c "echo > $away; sleep $delay; exec $call" </dev/null >/dev/null 2>&1 &
        by=setsid
        # Until it has a session of its own, it dies with this one.
        for try in 1 2 3 4 5 6 7 8 9 10; do
            [ ! -e "$away" ] || return 0
            sleep 1
        done
        return 1
    else
        return 1
    fi
}

[ "$(id -u)" = 0 ] || refuse 'The script does not run as root.'
check_names "$user"
check_names "$remove"
check_names "$keep"
command -v waagent >/dev/null 2>&1 || refuse 'The Azure Linux agent (waagent) is not installed.'
version=$(waagent -version 2>/dev/null | sed -n 1p) || version=
[ -n "$version" ] || refuse 'The Azure Linux agent (waagent) does not run.'
if ! command -v cloud-init >/dev/null 2>&1; then
    warn 'cloud-init is not installed.'
    if grep -qi '^Provisioning.RegenerateSshHostKeyPair=n' /etc/waagent.conf 2>/dev/null; then
        warn 'The SSH host keys stay: the agent is told not to make new ones (Provisioning.RegenerateSshHostKeyPair=n).'
    fi
fi
[ -n "$user" ] || find_user
if [ -z "$user" ]; then
    if [ -e /var/lib/waagent/ovf-env.xml ]; then
        warn 'ovf-env.xml does not say which user Azure made: the agent leaves it.'
    else
        warn 'ovf-env.xml is missing: the agent does not know which user Azure made, and leaves it.'
    fi
fi
# Only root can write here, and it is empty after a boot.
state=/run
[ -d "$state" ] || state=/var/run
removed=$state/imagecmdlets-generalize.users
choose_users
# With somebody to keep, this script takes the users away: the agent would not ask.
deprovision=deprovision+user
[ -z "$keep" ] || deprovision=deprovision

job=$state/imagecmdlets-generalize.sh
lock=$state/imagecmdlets-generalize.lock
if grep -q '"outcome":"Failed"' "$state/imagecmdlets-generalize.result" 2>/dev/null; then
    warn "An earlier run failed: $(sed -e 's/.*"reason":"//' -e 's/".*//' "$state/imagecmdlets-generalize.result")"
fi
away=$state/imagecmdlets-generalize.away
rm -f "$away"
printf '%s\n' "$users" | tr ',' '\n' >> "$removed" || refuse "The job cannot be written to $state."
write_job "$job" || refuse "The job cannot be written to $state."
schedule || refuse 'There is no systemd-run, no at daemon and no setsid to run a job with.'
outcome=Scheduled
report
