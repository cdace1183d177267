using System.Globalization;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Disks;

/// <summary>A disk or snapshot that is there under the name a command would give: an earlier run's, or something else.</summary>
/// <remarks>Given instead of a new one only where Azure's own ids prove the same content. A name proves nothing: what has it today
/// may have been made anew since.</remarks>
internal sealed class PresentDisk(Operation operation, DiskFacts present)
{
    private readonly List<string> _differences = [];

    private string Kind => present.IsSnapshot ? "snapshot" : "disk";

    private TimeSpan? Age => present.TimeCreated is { } made ? operation.Clock.UtcNow - made : null;

    /// <summary>Whether its making has ended.</summary>
    public bool IsFinished => present.ProvisioningState is null or "Succeeded";

    /// <summary>Whether it is older than that; true also where Azure does not say its age.</summary>
    public bool IsOlderThan(TimeSpan limit) => Age is not { } age || age > limit;

    /// <summary>Notes a difference, such as "it has 30 GiB, not 64".</summary>
    public void Differs(bool condition, string difference)
    {
        if (condition && !_differences.Contains(difference))
            _differences.Add(difference);
    }

    /// <summary>Notes whether its bytes are those of a source, by Azure's ids.</summary>
    public void CompareSource(DiskFacts source)
    {
        string kind = source.IsSnapshot ? "snapshot" : "disk";
        if (!Same(present.SourceId, source.Id.Text))
            Differs(true, $"it is not of this {kind}");
        else if (present.SourceUniqueId is null || source.UniqueId is null)
            _differences.Add($"Azure does not say whether it is of this {kind} or of another that had its name");
        else if (!Same(present.SourceUniqueId, source.UniqueId))
            _differences.Add($"it is of another {kind}, which had the name '{source.Id.Name}' before");
    }

    /// <summary>Refuses what differs.</summary>
    /// <param name="advice">What the user can do.</param>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists.</exception>
    public void Require(string advice)
    {
        if (_differences.Count > 0)
        {
            throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists,
                $"The resource group '{present.Id.ResourceGroupName}' has a {Kind} '{present.Id.Name}' already, made {AgeText()}, and it is not what was asked for: {string.Join("; ", _differences)}.",
                present.Id.Text, advice);
        }
    }

    /// <summary>Says that it is given, how old it is, and where it keeps tags that are not those asked for.</summary>
    /// <param name="wanted">The tags asked for.</param>
    public void Tell(IReadOnlyDictionary<string, string> wanted)
    {
        string made = IsFinished ? $"was made {AgeText()} and is given as it is" : $"is being made by an earlier run, begun {AgeText()}, and is waited for";
        bool isTagged = wanted.All(tag => tag.Key.StartsWith(OperationTags.Prefix, StringComparison.OrdinalIgnoreCase)
            || (present.Tag.TryGetValue(tag.Key, out string? value) && value == tag.Value));
        string kept = isTagged ? string.Empty : " Its tags are not those of -Tag, and stay as they are.";
        operation.Warning($"The {Kind} '{present.Id.Name}' {made}.{kept}");
    }

    private string AgeText()
    {
        if (present.TimeCreated is not { } made || Age is not { } age)
            return "at an unknown time";

        string time = made.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        (double count, string unit) = age.TotalMinutes < 2 ? (age.TotalSeconds, "seconds") : age.TotalHours < 2 ? (age.TotalMinutes, "minutes")
            : age.TotalDays < 2 ? (age.TotalHours, "hours") : (age.TotalDays, "days");
        return $"{Math.Max(0, Math.Floor(count)).ToString(CultureInfo.InvariantCulture)} {unit} ago ({time})";
    }

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
