namespace ImageCmdlets.Sandbox;

/// <summary>A defect of machines that exist and of machines that are made later.</summary>
public sealed class SandboxGuestFault
{
    /// <summary>Pattern of the machine's name or id, with <c>*</c> and <c>?</c>.</summary>
    public string Machine { get; init; } = "*";

    /// <summary>What is wrong.</summary>
    public GuestFaultKind Kind { get; init; }

    /// <summary>What the kind needs to know: a package's full name, a number of seconds.</summary>
    public string? Detail { get; init; }

    /// <summary>Machines broken so far.</summary>
    public int Hits { get; internal set; }
}
