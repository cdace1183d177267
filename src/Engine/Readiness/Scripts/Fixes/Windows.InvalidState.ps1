# Does: Set-ItemProperty HKLM:\SYSTEM\Setup\Status\SysprepStatus GeneralizationState 7, CleanupState 2
# The finding's evidence says what the values were.
$ErrorActionPreference = 'Stop'
$status = 'HKLM:\SYSTEM\Setup\Status\SysprepStatus'
Set-ItemProperty -LiteralPath $status -Name GeneralizationState -Value 7
Set-ItemProperty -LiteralPath $status -Name CleanupState -Value 2
exit 0
