namespace ImageCmdlets.Sandbox.Guest;

/// <summary>Something wrong with what is on a disk; it travels with the disk, as in real life.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Detail">What the kind needs to know; see <see cref="GuestFaultKind"/>.</param>
internal sealed record GuestFault(GuestFaultKind Kind, string? Detail = null);
