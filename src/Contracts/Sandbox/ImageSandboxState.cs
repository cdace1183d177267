namespace ImageCmdlets;

/// <summary>What is in a sandbox and what was asked of it.</summary>
public sealed class ImageSandboxState
{
    /// <summary>The simulated time.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Simulated time since the sandbox began.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How many ARM requests it has answered.</summary>
    public long RequestCount { get; init; }

    /// <summary>Requests by method and resource type, such as <c>PUT Microsoft.Compute/images</c>.</summary>
    public IReadOnlyDictionary<string, int> Request { get; init; } = new Dictionary<string, int>();

    /// <summary>How many resources there are, resource groups not counted.</summary>
    public int ResourceCount { get; init; }

    /// <summary>How many resource groups there are.</summary>
    public int ResourceGroupCount { get; init; }

    /// <summary>Resources by type.</summary>
    public IReadOnlyDictionary<string, int> Resource { get; init; } = new Dictionary<string, int>();

    /// <summary>A hash of everything but time and counters: the same as long as nothing has changed.</summary>
    public required string Fingerprint { get; init; }

    public int Seed { get; init; }

    public string? StatePath { get; init; }

    public IReadOnlyList<SandboxFaultOptions> Fault { get; init => field = value.ToArray(); } = [];

    /// <summary>Whether calls beyond Azure's limits are answered 429.</summary>
    public bool EnforceRateLimit { get; init; }

    /// <summary>The cores that a subscription may use in each region, and of one family there.</summary>
    public int CoreQuota { get; init; }

    /// <summary>What machines suffer from, those made later too.</summary>
    public IReadOnlyList<SandboxGuestFaultOptions> GuestFault { get; init => field = value.ToArray(); } = [];

    public IReadOnlyList<string> SubscriptionId { get; init => field = value.ToArray(); } = [];

    /// <summary>The tenants: of most subscriptions the first, of the last one the second.</summary>
    public IReadOnlyList<string> TenantId { get; init => field = value.ToArray(); } = [];

    public override string ToString() => $"{RequestCount} requests, {ResourceCount} resources";
}
