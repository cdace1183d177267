<#
.SYNOPSIS
Builds, tests and packs ImageCmdlets.

.DESCRIPTION
Each task is a dotnet command that can be typed without PowerShell; README.md names them. Only output/ is written, apart from the
bin/ and obj/ folders of the projects.

.EXAMPLE
./build.ps1 -Task Build, Test -Configuration Release
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Pack', 'Help', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$solution = Join-Path $PSScriptRoot 'ImageCmdlets.sln'
$output = Join-Path $PSScriptRoot 'output'
$module = Join-Path $output 'ImageCmdlets'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $args ended with exit code $LASTEXITCODE."
    }
}

function Invoke-Build {
    Invoke-DotNet build $solution --configuration $Configuration
}

function Invoke-Test {
    Invoke-DotNet test $solution --configuration $Configuration
}

# Rewrites syntax and parameters of the pages in docs/help, then finds what their authors have still to write.
function Invoke-Help {
    Invoke-Build
    Push-Location $PSScriptRoot
    try {
        foreach ($step in 'update', 'check') {
            Invoke-DotNet run --project src/HelpBuilder --configuration $Configuration --no-build '--' $step
        }
    }
    finally {
        Pop-Location
    }
}

# An archive to be unpacked in a folder of PSModulePath: ImageCmdlets/<version>/ImageCmdlets.psd1.
function Invoke-Pack {
    Invoke-Build
    $version = (Import-PowerShellDataFile (Join-Path $module 'ImageCmdlets.psd1')).ModuleVersion
    $staging = Join-Path $output "pack/ImageCmdlets/$version"
    Remove-Item (Join-Path $output 'pack') -Recurse -Force -ErrorAction Ignore
    $null = New-Item $staging -ItemType Directory -Force
    Copy-Item (Join-Path $module '*') $staging -Recurse
    $archive = Join-Path $output "ImageCmdlets-$version.zip"
    Compress-Archive (Join-Path $output 'pack/ImageCmdlets') $archive -Force
    Remove-Item (Join-Path $output 'pack') -Recurse -Force
    Write-Output $archive
}

function Invoke-Clean {
    Invoke-DotNet clean $solution --configuration $Configuration
    Remove-Item $output -Recurse -Force -ErrorAction Ignore
}

foreach ($one in $Task) {
    & "Invoke-$one"
}
