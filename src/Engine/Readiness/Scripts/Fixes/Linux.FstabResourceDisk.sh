#!/bin/sh
# Does: cp -p /etc/fstab /etc/fstab.imagecmdlets; put "# imagecmdlets: " before its lines of swap on the resource disk
# The copy is the way back. Swap that is in use stays in use until the next boot.
set -u
PATH="${PATH:-/usr/bin:/bin}:/usr/sbin:/sbin"
export PATH

cp -p /etc/fstab /etc/fstab.imagecmdlets || exit 1
while IFS= read -r line || [ -n "$line" ]; do
    device=$(printf '%s\n' "$line" | awk '{print $1}')
    kind=$(printf '%s\n' "$line" | awk '{print $3}')
    case $device in
        /mnt/* | /dev/sdb* | /dev/disk/cloud/azure_resource*)
            if [ "$kind" = swap ]; then
                line="# imagecmdlets: $line"
            fi
            ;;
    esac
    printf '%s\n' "$line"
done < /etc/fstab.imagecmdlets > /etc/fstab.imagecmdlets-new || exit 1
# Written into the file, so that it keeps its owner and mode.
cat /etc/fstab.imagecmdlets-new > /etc/fstab || exit 1
rm -f /etc/fstab.imagecmdlets-new
