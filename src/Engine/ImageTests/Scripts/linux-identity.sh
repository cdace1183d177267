#!/bin/sh
# Tells by what this Linux machine is known to others. It changes nothing.
#
# Runs as root through an Azure managed run command, without parameters, in any POSIX sh. Its answer is lines:
#     imagecmdlets-identity 1          the beginning
#     I <kind> <value>                 something that no other machine should have
#     X                                the end

set -u
echo 'imagecmdlets-identity 1'
if [ -s /etc/machine-id ]; then
    echo "I MachineId $(cat /etc/machine-id)"
fi
echo "I HostName $(hostname)"
for file in /etc/ssh/ssh_host_*_key.pub; do
    if [ -s "$file" ]; then
        echo "I HostKey $(cut -d ' ' -f 1,2 "$file")"
    fi
done
echo X
