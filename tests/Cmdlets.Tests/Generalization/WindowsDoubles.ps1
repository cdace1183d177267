# Stands for the parts of Windows that windows-generalize.ps1 touches. $Guest is the machine: its clock moves only in Start-Sleep.
# Parameters are those of the real commands, as far as the script uses them.

$env:SystemRoot = 'C:\Windows'

function Join-Path($Path, $ChildPath) { "$Path\$ChildPath" }

function Get-Date { $Guest.Now }

function Start-Sleep([int]$Seconds) {
    $Guest.Now = $Guest.Now.AddSeconds($Seconds)
    if ($Guest.SysprepEnd -and ($Guest.Now -ge $Guest.SysprepEnd)) {
        $Guest.SysprepEnd = $null
        $Guest.Exited = $true
        & $Guest.OnSysprepEnd
    }
    if ($Guest.StateAt -and ($Guest.Now -ge $Guest.StateAt)) { $Guest.ImageState = $Guest.LateState }
}

function Get-ItemProperty($LiteralPath, $Name, $ErrorAction) {
    if ($LiteralPath -eq 'HKLM:\SYSTEM\CurrentControlSet\Services\dmwappushservice') { return [pscustomobject]@{ Start = $Guest.PushServiceStart } }
    if ($LiteralPath -ne 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State') { throw "Unknown key $LiteralPath" }
    [pscustomobject]@{ ImageState = $Guest.ImageState }
}

function Test-Path($LiteralPath) { $Guest.Files.ContainsKey($LiteralPath) }

function Get-Content($LiteralPath) { $Guest.Files[$LiteralPath] -split "`r`n" }

function Remove-Item($LiteralPath, [switch]$Recurse, [switch]$Force, $ErrorAction) {
    foreach ($file in @($Guest.Files.Keys)) {
        if (($file -eq $LiteralPath) -or $file.StartsWith("$LiteralPath\")) { $Guest.Files.Remove($file) }
    }
}

function Get-Service($Name, $ErrorAction) {
    if ($Guest.Services.ContainsKey($Name)) { [pscustomobject]@{ Name = $Name; Status = $Guest.Services[$Name] } }
}

function New-SysprepProcess {
    $process = [pscustomobject]@{ Handle = 7 }
    $process.PSObject.Properties.Add([psscriptproperty]::new('HasExited', { $Guest.Exited }))
    $process.PSObject.Properties.Add([psscriptproperty]::new('ExitCode', { $Guest.ExitCode }))
    $process
}

function Get-Process($Name, $ErrorAction) {
    if ($Guest.IsSysprepRunning) { New-SysprepProcess }
}

function Start-Process($FilePath, $ArgumentList, [switch]$PassThru) {
    if ($Guest.Failure) { throw $Guest.Failure }
    $Guest.Started += "$FilePath $($ArgumentList -join ' ')"
    $Guest.FilesAtStart = @($Guest.Files.Keys)
    $Guest.SysprepEnd = $Guest.Now.AddSeconds($Guest.SysprepSeconds)
    New-SysprepProcess
}

function ConvertTo-Json($InputObject, [switch]$Compress) { [ImageCmdlets.Cmdlets.Tests.Generalization.PlainJson]::Of($InputObject) }
