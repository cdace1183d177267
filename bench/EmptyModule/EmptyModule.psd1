@{
    RootModule = 'EmptyModule.dll'
    ModuleVersion = '1.0.0'
    GUID = 'a0d1a0f5-55f7-4f0e-8df2-2d3a2b1f1a11'
    Author = 'The ImageCmdlets authors'
    Description = 'One command that does nothing.'
    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
    CmdletsToExport = @('Get-Nothing')
}
