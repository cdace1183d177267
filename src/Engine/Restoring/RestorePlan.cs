namespace ImageCmdlets.Engine.Restoring;

/// <summary>What is put back into one machine.</summary>
/// <param name="VMId">The machine.</param>
/// <param name="Members">The disks, the OS disk first.</param>
internal sealed record RestorePlan(ResourceId VMId, IReadOnlyList<RestoreMember> Members);
