Describe 'Export-ImageReport' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $null = New-ImageVM -g images -n seed -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $null = New-ImageGallery -g images -n prod
        $image = Invoke-Generalize -g images -n seed -Force -WarningAction SilentlyContinue | New-CustomImage -g images -n web-image
        $definition = $image | New-ImageDefinition -g images -GalleryName prod -Name web
        foreach ($version in '1.0.0', '1.1.0', '1.2.0') {
            $null = $image | New-ImageVersion -g images prod web -Version $version -Tag @{ note = '<script>alert(1)</script>' }
        }

        $folder = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "imagecmdlets-report-$PID")
        $null = [System.IO.Directory]::CreateDirectory($folder)

        function Get-Failure([scriptblock] $Script) {
            $ErrorActionPreference = 'Stop'
            try { $null = & $Script } catch { $_ }
        }

        function Get-Page([string] $Name) {
            [System.IO.File]::ReadAllText("$folder/$Name")
        }
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
        [System.IO.Directory]::Delete($folder, $true)
    }

    It 'writes a gallery that pipes in as one page, and gives nothing' {
        Get-ImageGallery -g images -n prod | Export-ImageReport "$folder/prod.html" | Should -BeNullOrEmpty

        $page = Get-Page prod.html
        $page | Should -Match '^<!DOCTYPE html>'
        $page | Should -Match '<title>Images of prod</title>'
        $page | Should -Match 'made of managed image web-image'
        $page | Should -Match '&lt;script&gt;alert\(1\)&lt;/script&gt;'
        $page | Should -Not -Match '<script'
    }

    It 'shows what Get-ImageRetention with the same parameters would remove' {
        Export-ImageReport -g images -Path "$folder/strict.html" -KeepLast 1 -Title 'Strict'

        $leaving = @(Get-ImageRetention -g images prod web -KeepLast 1 | Where-Object Action -EQ Remove).Count
        $leaving | Should -Be 2
        Get-Page strict.html | Should -Match "Retention would remove $leaving of 3 versions"
        Get-Page strict.html | Should -Match '<h1>Strict</h1>'
        Get-Page strict.html | Should -Match 'Managed images'
    }

    It 'gives the file with -PassThru' {
        $file = $definition | Export-ImageReport "$folder/web.html" -PassThru

        $file.GetType().Name | Should -BeExactly 'FileInfo'
        $file.Name | Should -BeExactly 'web.html'
    }

    It 'takes versions for their definition, images, and all that pipes in for one page' {
        $(Get-ImageVersion -g images prod web; $image) | Export-ImageReport "$folder/all.html"

        Get-Page all.html | Should -Match 'prod / </span>web'
        Get-Page all.html | Should -Match 'id="managed"'
    }

    It 'replaces a file that is there by force only' {
        [System.IO.File]::WriteAllText("$folder/there.html", 'mine')

        $failure = Get-Failure { $definition | Export-ImageReport "$folder/there.html" }

        $failure.FullyQualifiedErrorId | Should -BeExactly 'FileAlreadyExists,ImageCmdlets.Commands.ExportImageReportCommand'
        $failure.CategoryInfo.Category | Should -BeExactly 'ResourceExists'
        Get-Page there.html | Should -BeExactly 'mine'
        $definition | Export-ImageReport "$folder/there.html" -Force
        Get-Page there.html | Should -Match '^<!DOCTYPE html>'
    }

    It 'writes nothing with -WhatIf, and nothing where there is nothing' {
        $definition | Export-ImageReport "$folder/none.html" -WhatIf
        $failure = Get-Failure { Export-ImageReport -g none -Path "$folder/none.html" }

        $failure.FullyQualifiedErrorId | Should -BeExactly 'ResourceGroupNotFound,ImageCmdlets.Commands.ExportImageReportCommand'
        [System.IO.File]::Exists("$folder/none.html") | Should -BeFalse
        Get-ImageGallery -g images -n 'no*' | Export-ImageReport "$folder/none.html"
        [System.IO.File]::Exists("$folder/none.html") | Should -BeFalse
    }

    It 'refuses what is no image' {
        $failure = Get-Failure { "$($definition.Id)/versions/1.0.0/more/x" | Export-ImageReport "$folder/none.html" }

        $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidResourceId,ImageCmdlets.Commands.ExportImageReportCommand'
    }

    It 'changes nothing in Azure' {
        $before = (Get-ImageSandbox).Fingerprint

        Export-ImageReport -g images -Path "$folder/again.html"

        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }
}
