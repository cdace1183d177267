#!/bin/sh
# Runs a script inside a tree, as root of a machine of its own: other mounts, other processes, another host name, no network.
#     unshare --uts --mount --pid --net --fork /bin/sh enter.sh BASE STATE < script
# BASE is a tree, or several on top of each other (UPPER:LOWER), and never written to. What the script changes is kept in STATE, and the next call sees it; the mounts go with the namespace.
set -eu
base=$1
state=$2
root=$state/root

mkdir -p "$state/upper" "$state/work" "$root"
if [ -e "$state/is-copy" ] ||
    ! mount -t overlay -o "lowerdir=$base,upperdir=$state/upper,workdir=$state/work" guest "$root" 2>/dev/null; then
    # Where a container's own files are an overlay, there can be none on top; BASE is then one tree.
    [ -e "$state/is-copy" ] || cp -a --reflink=auto "$base/." "$root"
    : > "$state/is-copy"
fi

mount -t proc proc "$root/proc"
# The agent sets the host name; it begins as that of the machine in the seed.
hostname web01
exec chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 /bin/sh -s
