# Does: Set-Service dmwappushservice -StartupType Manual
# The service was disabled; Windows comes with it as it is now.
$ErrorActionPreference = 'Stop'
Set-Service -Name dmwappushservice -StartupType Manual
exit 0
