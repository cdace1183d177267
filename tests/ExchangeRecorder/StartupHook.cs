using System.Diagnostics.CodeAnalysis;
using ImageCmdlets.Tests.ExchangeRecorder;

/// <summary>What the runtime calls before a process's own entry point.</summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for a type of this name outside of namespaces.")]
internal static class StartupHook
{
    /// <summary>Begins to record.</summary>
    public static void Initialize() => ExchangeFile.Begin();
}
