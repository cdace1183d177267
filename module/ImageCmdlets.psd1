@{
    RootModule = 'bin/ImageCmdlets.dll'
    # Stamped by the build from Directory.Build.props.
    ModuleVersion = '0.0.0'
    GUID = '6d0d7c2e-0f1b-4b7e-9c46-2f1f0a8f5b13'
    Author = 'The ImageCmdlets authors'
    Copyright = 'Copyright (c) The ImageCmdlets authors. MIT licence.'
    Description = 'Custom virtual machine images in Azure: generalize a VM and prove it, make the image, copy it with its data disks to other regions and subscriptions. With a local sandbox of Azure Resource Manager to try it all in.'

    CompatiblePSEditions = @('Desktop', 'Core')
    PowerShellVersion = '5.1'
    DotNetFrameworkVersion = '4.7.2'

    TypesToProcess = @('ImageCmdlets.types.ps1xml')
    FormatsToProcess = @('ImageCmdlets.format.ps1xml')

    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @('Invoke-ImageGeneralization', 'Publish-CustomImage')
    CmdletsToExport = @(
        'Approve-MarketplaceTerm'
        'Compare-CustomImage'
        'Connect-ImageSession'
        'ConvertFrom-ImageUrn'
        'ConvertFrom-SysprepLog'
        'Copy-CustomImage'
        'Copy-ImageSnapshot'
        'Disconnect-ImageSession'
        'Export-ImageReport'
        'Export-ImageSnapshot'
        'Find-MarketplaceImage'
        'Get-CustomImage'
        'Get-GeneralizeLog'
        'Get-GeneralizeState'
        'Get-ImageAccess'
        'Get-ImageDefinition'
        'Get-ImageGallery'
        'Get-ImageLeftover'
        'Get-ImageOperation'
        'Get-ImageReplication'
        'Get-ImageRetention'
        'Get-ImageSandbox'
        'Get-ImageScaleSet'
        'Get-ImageSession'
        'Get-ImageSnapshot'
        'Get-ImageSource'
        'Get-ImageUsage'
        'Get-ImageVM'
        'Get-ImageVersion'
        'Get-MarketplaceTerm'
        'Get-SharedImage'
        'Grant-ImageAccess'
        'Invoke-Generalize'
        'Invoke-ImageRetention'
        'Invoke-ImageScript'
        'Measure-ImageReplica'
        'New-CustomImage'
        'New-ImageDefinition'
        'New-ImageGallery'
        'New-ImageScaleSet'
        'New-ImageSnapshot'
        'New-ImageVM'
        'New-ImageVersion'
        'Remove-CustomImage'
        'Remove-ImageDefinition'
        'Remove-ImageDisk'
        'Remove-ImageGallery'
        'Remove-ImageLeftover'
        'Remove-ImageScaleSet'
        'Remove-ImageSnapshot'
        'Remove-ImageVM'
        'Remove-ImageVersion'
        'Reset-ImageSandbox'
        'Resolve-ImageError'
        'Restore-ImageSnapshot'
        'Restore-ImageVersion'
        'Revoke-ImageAccess'
        'Set-CustomImage'
        'Set-ImageDefinition'
        'Set-ImageGallery'
        'Set-ImageReplication'
        'Set-ImageSandbox'
        'Set-ImageVersion'
        'Start-ImageVM'
        'Stop-ImageOperation'
        'Stop-ImageVM'
        'Test-CustomImage'
        'Test-ImagePermission'
        'Test-ImageReadiness'
        'Test-ImageResidue'
        'Undo-ImageRollout'
        'Update-ImageScaleSet'
        'Wait-ImageOperation'
        'Wait-ImageReplication'
    )

    PrivateData = @{
        PSData = @{
            Tags = @(
                'Azure', 'Image', 'CustomImage', 'VirtualMachine', 'Sysprep', 'Generalize', 'Snapshot', 'Disk',
                'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS'
            )
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
