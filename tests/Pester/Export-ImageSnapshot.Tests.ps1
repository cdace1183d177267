Describe 'Export-ImageSnapshot' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $vm = New-ImageVM -ResourceGroupName images -Name web01 -Location westeurope -Image Debian:debian-12:12-gen2:latest -DataDiskSizeGB 8 -WarningAction Ignore
        $snapshots = $vm | New-ImageSnapshot -WarningAction Ignore
        $os = $snapshots | Where-Object { $null -eq $_.Lun }
        $folder = [System.IO.Directory]::CreateTempSubdirectory('export').FullName
    }

    AfterAll {
        [System.IO.Directory]::Delete($folder, $true)
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'makes a file of each snapshot, named after it, and moves only what is not empty' {
        $made = $snapshots | Export-ImageSnapshot -DestinationPath $folder
        $made.Count | Should -Be 2
        foreach ($snapshot in $snapshots) {
            $vhd = $made | Where-Object SourceId -EQ $snapshot.Id
            $vhd.FilePath | Should -BeExactly ([System.IO.Path]::Combine($folder, "$($snapshot.Name).vhd"))
            $vhd.Length | Should -Be ($snapshot.DiskSizeGB * 1GB + 512)
            ([System.IO.FileInfo]$vhd.FilePath).Length | Should -Be $vhd.Length
            $vhd.BytesTransferred | Should -Be $vhd.DataLength
            $vhd.DataLength | Should -BeLessThan 100MB
        }
    }

    It 'leaves nobody access to the snapshot' {
        $os | Export-ImageSnapshot -DestinationPath "$folder/access.vhd" | Out-Null
        (Get-ImageSnapshot -Id $os.Id).DiskState | Should -BeExactly 'Unattached'
    }

    It 'shows with -WhatIf what it would do, and does nothing' {
        $before = (Get-ImageSandbox).Fingerprint
        $os | Export-ImageSnapshot -DestinationPath "$folder/whatif.vhd" -WhatIf
        [System.IO.File]::Exists("$folder/whatif.vhd") | Should -BeFalse
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'runs as a job' {
        $job = $os | Export-ImageSnapshot -DestinationPath "$folder/job.vhd" -AsJob
        $made = $job | Wait-Job | Receive-Job
        $made.FilePath | Should -BeExactly ([System.IO.Path]::GetFullPath("$folder/job.vhd"))
    }

    It 'refuses <Title> with <Id>, and changes nothing' -ForEach @(
        @{ Title = 'a file that is there'; Id = 'FileAlreadyExists'; Category = 'ResourceExists'; Arguments = { @{ DestinationPath = "$folder/there.vhd" } } }
        @{ Title = 'a folder that is missing'; Id = 'FileNotWritable'; Category = 'ResourceUnavailable'; Arguments = { @{ DestinationPath = "$folder/none/a.vhd" } } }
        @{ Title = 'no destination'; Id = 'InvalidArgument'; Category = 'InvalidArgument'; Arguments = { @{} } }
        @{ Title = 'two destinations'; Id = 'InvalidArgument'; Category = 'InvalidArgument'; Arguments = { @{ DestinationPath = "$folder/a.vhd"; DestinationUri = 'https://a.blob.core.windows.net/b/c.vhd?sig=x' } } }
        @{ Title = 'an address without a signature'; Id = 'InvalidArgument'; Category = 'InvalidArgument'; Arguments = { @{ DestinationUri = 'https://a.blob.core.windows.net/b/c.vhd' } } }
        @{ Title = '-NoWait'; Id = 'InvalidArgument'; Category = 'InvalidArgument'; Arguments = { @{ DestinationPath = "$folder/a.vhd"; NoWait = $true } } }
    ) {
        [System.IO.File]::WriteAllText("$folder/there.vhd", 'mine')
        $before = (Get-ImageSandbox).Fingerprint
        $given = & $Arguments
        $caught = $null
        try { $os | Export-ImageSnapshot @given -ErrorAction Stop } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -BeExactly "$Id,ImageCmdlets.Commands.ExportImageSnapshotCommand"
        $caught.CategoryInfo.Category | Should -Be $Category
        $caught.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        [System.IO.File]::ReadAllText("$folder/there.vhd") | Should -BeExactly 'mine'
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'refuses one file for two snapshots' {
        $caught = $null
        try { $snapshots | Export-ImageSnapshot -DestinationPath "$folder/both.vhd" -ErrorAction Stop } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.ExportImageSnapshotCommand'
        [System.IO.File]::Exists("$folder/both.vhd") | Should -BeFalse
    }

    It 'refuses a snapshot that is not there' {
        $caught = $null
        try { Export-ImageSnapshot -ResourceGroupName images -Name none -DestinationPath "$folder/none.vhd" -ErrorAction Stop } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -BeExactly 'SnapshotNotFound,ImageCmdlets.Commands.ExportImageSnapshotCommand'
        [System.IO.File]::Exists("$folder/none.vhd") | Should -BeFalse
    }
}
