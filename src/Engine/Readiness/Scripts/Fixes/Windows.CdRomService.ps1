# Does: Set-ItemProperty HKLM:\SYSTEM\CurrentControlSet\Services\cdrom Start 1
# The finding's evidence says what the value was.
$ErrorActionPreference = 'Stop'
Set-ItemProperty -LiteralPath 'HKLM:\SYSTEM\CurrentControlSet\Services\cdrom' -Name Start -Value 1
exit 0
