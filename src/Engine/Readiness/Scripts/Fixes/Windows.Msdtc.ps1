# Does: Set-ItemProperty HKLM:\SOFTWARE\Microsoft\MSDTC SysprepInProgress 0
# The value was 1: the coordinator of distributed transactions does not start with it.
$ErrorActionPreference = 'Stop'
Set-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\MSDTC' -Name SysprepInProgress -Value 0
exit 0
