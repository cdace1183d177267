using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Tracking;

/// <summary>A resource as Azure showed it, and what the tags of this module say of it.</summary>
/// <param name="Id">Its id, in the casing of the answer.</param>
/// <param name="Body">The answer.</param>
internal sealed record SeenResource(ResourceId Id, JsonElement Body)
{
    public IReadOnlyDictionary<string, string> Tag { get; } = Body.Map("tags");

    /// <summary>The cmdlet that made it on its way; null where none of this module did.</summary>
    public string? MadeBy => TagOf(OperationTags.OperationTag);

    public string? Step => TagOf(OperationTags.StepTag);

    /// <summary>What it was made for or of, as the tag says it: an id that was too long is no id any more.</summary>
    public string? SourceText => TagOf(OperationTags.SourceTag);

    public ResourceId? Source => ResourceId.TryParse(SourceText);

    /// <summary>What it helps to make; null where that is the source, or several.</summary>
    public ResourceId? Target => ResourceId.TryParse(TagOf(OperationTags.TargetTag));

    public bool IsUnfinished => Tag.ContainsKey(OperationTags.UnfinishedTag);

    public string? Location => Body.Text("location");

    public string? ProvisioningState => Body.Text("properties", "provisioningState") ?? Body.Text("provisioningState");

    public string? DiskState => Body.Text("properties", "diskState");

    public string? ManagedBy => Body.Text("managedBy");

    /// <summary>Whether somebody was given an address to read or write its bytes by. Azure shows it until access is revoked, also when the
    /// signature has expired (recorded: test_snapshot_access).</summary>
    public bool IsAccessed => DiskState is "ActiveSAS" or "ActiveUpload" or "ActiveSASFrozen";

    public bool IsCopy => string.Equals(Body.Text("properties", "creationData", "createOption"), "CopyStart", StringComparison.OrdinalIgnoreCase);

    /// <summary>How much has arrived; 100 for what is no copy.</summary>
    public double CompletionPercent => DiskFacts.CompletionOf(Body.Find("properties") ?? default);

    /// <summary>Why it can come to nothing; null where it can.</summary>
    public string? Failure => Body.Find("properties", "copyCompletionError") is { } error ? $"{error.Text("errorMessage")} ({error.Text("errorCode")})"
        : ProvisioningState is "Failed" or "Canceled" ? $"'{Id.Name}' is in the state {ProvisioningState}." : null;

    /// <summary>Whether Azure is at work on it.</summary>
    public bool IsUnderWay => Failure is null && ((ProvisioningState is { } state && !ArmStates.IsEnd(state)) || CompletionPercent < 100);

    public bool IsGoing => ProvisioningState == "Deleting";

    public DateTimeOffset? TimeCreated => Body.Time("properties", "timeCreated") ?? Body.Time("properties", "creationTime")
        ?? Body.Time("systemData", "createdAt") ?? Body.Time("createdTime");

    public int? SizeGB => Body.Number("properties", "diskSizeGB");

    /// <summary>What a user is shown of it.</summary>
    /// <param name="isTemporary">Whether it goes when the operation is stopped.</param>
    public ImageOperationPart ToPart(bool isTemporary) => new(Id.Text, Step, ProvisioningState)
    {
        PercentComplete = IsCopy ? CompletionPercent : null,
        IsTemporary = isTemporary,
    };

    private string? TagOf(string name) => Tag.TryGetValue(name, out string? value) ? value : null;
}
