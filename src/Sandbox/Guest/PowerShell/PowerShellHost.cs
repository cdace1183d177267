namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Runs PowerShell scripts in a guest.</summary>
internal static class PowerShellHost
{
    public static Task<ScriptResult> Run(
        GuestMachine machine, string script, IReadOnlyList<KeyValuePair<string, string>> parameters, IList<string> diagnostics) =>
        Task.FromResult(new ScriptResult(0, string.Empty, string.Empty));
}
