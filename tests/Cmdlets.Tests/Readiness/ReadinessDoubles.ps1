# Stands for the parts of Windows that windows-readiness.ps1 asks. $Guest is the machine; everything is read, nothing is changed.
# Parameters are those of the real commands, as far as the script uses them.

$env:SystemRoot = 'C:\Windows'
$env:SystemDrive = 'C:'

function Join-Path($Path, $ChildPath) { "$Path\$ChildPath" }

function Split-Path($Path, [switch]$Parent) { $Path.Substring(0, $Path.LastIndexOf('\')) }

function Get-ItemProperty($LiteralPath, $Name, $ErrorAction) {
    $key = $Guest.Registry[$LiteralPath]
    if ($key -and $key.ContainsKey($Name)) { [pscustomobject]@{ $Name = $key[$Name] } }
}

function Test-Path($LiteralPath) { $Guest.Registry.ContainsKey($LiteralPath) -or $Guest.Files.ContainsKey($LiteralPath) }

function Get-ChildItem($LiteralPath, $Filter, $ErrorAction) {
    foreach ($path in @($Guest.Registry.Keys) + @($Guest.Files.Keys)) {
        if (-not $path.StartsWith("$LiteralPath\")) { continue }
        $name = $path.Substring($LiteralPath.Length + 1)
        if ((-not $Filter) -or ($name -like $Filter)) { [pscustomobject]@{ Name = $name; PSChildName = $name } }
    }
}

function Get-Service($Name, $ErrorAction) {
    if ($Guest.Services.ContainsKey($Name)) { [pscustomobject]@{ Name = $Name; Status = $Guest.Services[$Name] } }
}

function Get-Process($Name, $ErrorAction) { if ($Guest.Processes -contains $Name) { [pscustomobject]@{ Name = $Name } } }

function Get-CimInstance($ClassName) {
    if ($Guest.Wmi -eq 'broken') { throw 'Invalid class' }
    switch ($ClassName) {
        'Win32_ComputerSystem' { [pscustomobject]@{ PartOfDomain = [bool]$Guest.Domain; Domain = $Guest.Domain } }
        'SoftwareLicensingService' { [pscustomobject]@{ RemainingWindowsReArmCount = $Guest.Rearm } }
        'Win32_OperatingSystem' { [pscustomobject]@{ LastBootUpTime = [datetime]::new(2026, 1, 5, 7, 30, 0, [DateTimeKind]::Utc) } }
        'Win32_LogicalDisk' { [pscustomobject]@{ DeviceID = 'C:'; FreeSpace = [long]$Guest.FreeMegabytes * 1mb } }
    }
}

if ($Guest.HasAppx) {
    function Get-AppxPackage([switch]$AllUsers, [string[]]$PackageTypeFilter) {
        if ("$PackageTypeFilter" -ne 'Main Bundle') { throw "Unexpected types $PackageTypeFilter" }
        $Guest.Packages
    }

    function Get-AppxProvisionedPackage([switch]$Online) {
        foreach ($package in $Guest.Provisioned) {
            $parts = $package.Split('_')
            [pscustomobject]@{ DisplayName = $parts[0]; Version = $parts[1]; PackageName = $package }
        }
    }
}

if ($Guest.Boot) {
    function bcdedit.exe($Command, $Entry) {
        if ($Command -ne '/enum') { throw "Unexpected command $Command" }
        $global:LASTEXITCODE = [int](-not $Guest.Boot.ContainsKey($Entry))
        if ($LASTEXITCODE) { 'Der Speicher konnte nicht geöffnet werden.' } else { $Guest.Boot[$Entry] }
    }
}

if ($Guest.Volumes) {
    function Get-BitLockerVolume { $Guest.Volumes }
}

if ($Guest.Roles) {
    function Get-WindowsFeature { foreach ($name in $Guest.Roles) { [pscustomobject]@{ Name = $name; DisplayName = "The role $name"; Installed = $true } } }
}
