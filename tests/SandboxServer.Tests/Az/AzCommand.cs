namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>A command of az and what must come of it.</summary>
/// <param name="Text">The command line; <c>{SUB}</c> stands for the subscription, <c>{KEY}</c> and
/// <c>{TEMPLATE}</c> for files with a public key and with a template.</param>
public sealed record AzCommand(string Text)
{
    /// <summary>The exit code: 0, 1 for a refusal, 3 when Azure has no such thing.</summary>
    public int ExitCode { get; init; }

    /// <summary>Exactly these names come out; null when names do not matter.</summary>
    public string[]? Names { get; init; }

    /// <summary>This is among what comes out, or among what a refusal says.</summary>
    public string? Says { get; init; }

    /// <summary>Whether it only reads, and may run beside others that do.</summary>
    public bool Reads => Text.Split(' ') is var words &&
        words.Any(static word => word is "list" or "show" or "exists" or "rest" or "list-locations" or "get-instance-view" ||
                                 word.StartsWith("list-", StringComparison.Ordinal));
}
