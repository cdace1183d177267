# Gives one part of a log of this machine, packed. A run command of Azure's brings back 4,096 bytes, a log has more.
#
# Runs as SYSTEM in Windows PowerShell 5.1. Parameters:
#     log       Setupact, Setuperr, SetupPanther, UnattendGC or Waagent
#     offset    where the part begins; at 0 the log is packed as it is then, so that a log that grows is not torn
#     count     how many characters the part has
#     limit     how many bytes of the log are packed: its last ones
#
# It answers with one line:
#     imagecmdlets-log 1 OFFSET TOTAL LENGTH MODIFIED PATH PART
# TOTAL is the number of characters of all parts together, LENGTH the log's in bytes (-1: there is no such log) and MODIFIED its time in
# seconds since 1970, both at offset 0 only; PART is "-" where there is none. All parts together are a gzip file in base64.
# The packed file goes with its last part.
param([string]$log = '', [string]$offset = '0', [string]$count = '3600', [string]$limit = '4194304')

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$logs = @{
    Setupact = Join-Path $env:SystemRoot 'System32\Sysprep\Panther\setupact.log'
    Setuperr = Join-Path $env:SystemRoot 'System32\Sysprep\Panther\setuperr.log'
    SetupPanther = Join-Path $env:SystemRoot 'Panther\setupact.log'
    UnattendGC = Join-Path $env:SystemRoot 'Panther\UnattendGC\setupact.log'
    Waagent = Join-Path $env:SystemDrive 'WindowsAzure\Logs\WaAppAgent.log'
}
if (-not $logs.ContainsKey($log)) { throw 'log is not the name of a log.' }
foreach ($number in $offset, $count, $limit) {
    if ($number -notmatch '^[0-9]{1,9}$') { throw 'offset, count and limit are numbers.' }
}
$path = $logs[$log]
$packed = Join-Path $env:SystemRoot 'Temp\imagecmdlets-log.txt'
$copy = Join-Path $env:SystemRoot 'Temp\imagecmdlets-log.copy'
$begin = [int]$offset
$length = 0
$modified = 0

if ($begin -eq 0) {
    foreach ($old in $packed, $copy) {
        if (Test-Path -LiteralPath $old) { Remove-Item -LiteralPath $old -Force }
    }
    if (-not (Test-Path -LiteralPath $path)) {
        "imagecmdlets-log 1 0 0 -1 0 $path -"
        exit 0
    }

    # Somebody has the log open for writing; that keeps it from being read, not from being copied.
    Copy-Item -LiteralPath $path -Destination $copy -Force
    $bytes = [System.IO.File]::ReadAllBytes($copy)
    Remove-Item -LiteralPath $copy -Force
    $length = $bytes.Length
    $ticks = (Get-Item -LiteralPath $path).LastWriteTimeUtc.Ticks
    $modified = [long](($ticks - 621355968000000000) / 10000000)

    $from = 0
    if ($length -gt [int]$limit) { $from = $length - [int]$limit }
    $memory = New-Object -TypeName System.IO.MemoryStream
    $gzip = New-Object -TypeName System.IO.Compression.GZipStream -ArgumentList $memory, ([System.IO.Compression.CompressionMode]::Compress)
    $gzip.Write($bytes, $from, $length - $from)
    $gzip.Close()
    [System.IO.File]::WriteAllText($packed, [System.Convert]::ToBase64String($memory.ToArray()))
}

$all = ''
if (Test-Path -LiteralPath $packed) { $all = [System.IO.File]::ReadAllText($packed) }
$total = $all.Length
$part = '-'
if ($begin -lt $total) { $part = $all.Substring($begin, [Math]::Min([int]$count, $total - $begin)) }
"imagecmdlets-log 1 $offset $total $length $modified $path $part"
if ((($begin + [int]$count) -ge $total) -and (Test-Path -LiteralPath $packed)) { Remove-Item -LiteralPath $packed -Force }
exit 0
