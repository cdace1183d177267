namespace ImageCmdlets;

/// <summary>How a virtual machine is generalized.</summary>
public sealed record GeneralizeOptions
{
    /// <summary>The id of the virtual machine.</summary>
    public required string Id { get; init; }

    /// <summary>Only mark the machine; somebody else ran sysprep or waagent in it.</summary>
    public bool FlagOnly { get; init; }
}
