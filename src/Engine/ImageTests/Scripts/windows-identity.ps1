# Tells by what this Windows machine is known to others. It changes nothing.
#
# Runs as SYSTEM in Windows PowerShell 5.1 through an Azure managed run command, without parameters. Its answer is lines:
#     imagecmdlets-identity 1          the beginning
#     I <kind> <value>                 something that no other machine should have
#     X                                the end

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

'imagecmdlets-identity 1'
# The machine's SID is that of its built-in administrator without the last part.
$account = @(Get-CimInstance -ClassName Win32_UserAccount -Filter 'LocalAccount=True' | Where-Object { $_.SID -like 'S-1-5-21-*-500' })[0]
if ($account) { "I Sid $($account.SID -replace '-500$', '')" }
"I HostName $env:COMPUTERNAME"
'X'
