namespace ImageCmdlets;

/// <summary>A log from the inside of a virtual machine. <c>Id</c> and <c>Name</c> are the machine's.</summary>
/// <param name="id">The id of the virtual machine.</param>
public sealed class GeneralizeLog(string id) : ArmResource(id)
{
    public required GeneralizeLogName Log { get; init; }

    /// <summary>The file in the guest.</summary>
    public required string Path { get; init; }

    /// <summary>What is in the file, as it is; in a <see cref="GeneralizeResult"/> its last run.</summary>
    public required string Text { get; init; }

    /// <summary>The size of the file in bytes, also of what was not read.</summary>
    public long Length { get; init; }

    /// <summary>When it was written last, in UTC; null when the guest does not say.</summary>
    public DateTimeOffset? LastWriteTime { get; init; }

    /// <summary>Whether only the end of what was wanted was read.</summary>
    public bool IsTruncated { get; init; }
}
