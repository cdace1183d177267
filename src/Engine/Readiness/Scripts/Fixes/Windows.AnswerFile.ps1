# Does: Move-Item {path} {path}.imagecmdlets
# The file stays, under a name by which Setup does not find it.
param([string]$path)

$ErrorActionPreference = 'Stop'
if ($path -notmatch '^[A-Za-z]:\\([A-Za-z0-9]+\\){0,3}(auto)?unattend\.xml$') { throw 'This is not one of the files that Setup looks for.' }
Move-Item -LiteralPath $path -Destination "$path.imagecmdlets" -Force
exit 0
