# Does: Remove-AppxPackage -AllUsers -Package {package}
# The package can be installed again from where it came.
param([string]$package)

$ErrorActionPreference = 'Stop'
if ($package -notmatch '^[A-Za-z0-9.-]+_[0-9.]+_[A-Za-z0-9]*_[A-Za-z0-9.~-]*_[a-z0-9]{13}$') { throw 'This is not the full name of a package.' }
Remove-AppxPackage -AllUsers -Package $package
exit 0
