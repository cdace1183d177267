namespace ImageCmdlets;

/// <summary>A defect of a sandbox's machines, those that exist and those that are made later.</summary>
public sealed record SandboxGuestFaultOptions
{
    /// <summary>Pattern of the machine's name or id; it knows <c>*</c> and <c>?</c>.</summary>
    public string VM { get; init; } = "*";

    /// <summary>What is wrong.</summary>
    public SandboxGuestFaultKind Kind { get; init; }

    /// <summary>What the kind needs to know: a package's full name, a number of seconds.</summary>
    public string? Detail { get; init; }

    /// <summary>How many machines it has broken.</summary>
    public int Hits { get; init; }
}
