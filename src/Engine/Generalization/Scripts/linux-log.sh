#!/bin/sh
# Gives one part of a log of this machine, packed. A run command of Azure's brings back 4,096 bytes, a log has more.
#
# Runs as root in any POSIX sh with gzip and base64. Parameters are variables of its environment:
#     IMAGECMDLETS_LOG       Waagent, CloudInit or CloudInitOutput
#     IMAGECMDLETS_OFFSET    where the part begins; at 0 the log is packed as it is then, so that a log that grows is not torn
#     IMAGECMDLETS_COUNT     how many characters the part has
#     IMAGECMDLETS_LIMIT     how many bytes of the log are packed: its last ones
#
# It answers with one line:
#     imagecmdlets-log 1 OFFSET TOTAL LENGTH MODIFIED PATH PART
# TOTAL is the number of characters of all parts together, LENGTH the log's in bytes (-1: there is no such log) and MODIFIED its time in
# seconds since 1970, both at offset 0 only; PART is "-" where there is none. All parts together are a gzip file in base64.
# The packed file goes with its last part.

set -u
LC_ALL=C
export LC_ALL
PATH="${PATH:-/usr/bin:/bin}:/usr/sbin:/sbin"
umask 077

log=${IMAGECMDLETS_LOG:-}
offset=${IMAGECMDLETS_OFFSET:-0}
count=${IMAGECMDLETS_COUNT:-3600}
limit=${IMAGECMDLETS_LIMIT:-4194304}
for number in "$offset" "$count" "$limit"; do
    case $number in
        '' | *[!0-9]*) echo 'IMAGECMDLETS_OFFSET, IMAGECMDLETS_COUNT and IMAGECMDLETS_LIMIT are numbers.' >&2; exit 2 ;;
    esac
done
case $log in
    Waagent) path=/var/log/waagent.log ;;
    CloudInit) path=/var/log/cloud-init.log ;;
    CloudInitOutput) path=/var/log/cloud-init-output.log ;;
    *) echo 'IMAGECMDLETS_LOG is not the name of a log.' >&2; exit 2 ;;
esac

# Only root can write here, and it is empty after a boot.
state=/run
[ -d "$state" ] || state=/var/run
packed=$state/imagecmdlets-log
length=0
modified=0

if [ "$offset" = 0 ]; then
    rm -f "$packed"
    if [ ! -f "$path" ]; then
        echo "imagecmdlets-log 1 0 0 -1 0 $path -"
        exit 0
    fi
    # Some of wc put blanks before the number.
    length=$(wc -c < "$path" | tr -d ' ')
    modified=$(stat -c %Y "$path" 2>/dev/null) || modified=0
    tail -c "$limit" "$path" | gzip -c | base64 | tr -d '\n' > "$packed"
fi

total=0
part=
if [ -f "$packed" ]; then
    total=$(wc -c < "$packed" | tr -d ' ')
    part=$(tail -c "+$((offset + 1))" "$packed" | head -c "$count")
fi
echo "imagecmdlets-log 1 $offset $total $length $modified $path ${part:--}"
if [ "$((offset + count))" -ge "$total" ]; then rm -f "$packed"; fi
