namespace ImageCmdlets.Cmdlets.Tests.Generalization;

/// <summary>Tests that run Windows scripts in this process, one after the other: their doubles set the process's environment variables.</summary>
internal static class WindowsScripts
{
    public const string Name = "Windows scripts";
}
