namespace ImageCmdlets.Sandbox.Resources;

/// <summary>The id of a resource in a resource group, or of a resource type at subscription scope, taken apart.</summary>
internal sealed class ResourceId
{
    public ResourceId(
        string subscriptionId,
        string? resourceGroup,
        string resourceNamespace,
        IReadOnlyList<string> types,
        IReadOnlyList<string> names)
    {
        SubscriptionId = subscriptionId;
        ResourceGroup = resourceGroup;
        Namespace = resourceNamespace;
        Types = types;
        Names = names;
    }

    public string SubscriptionId { get; }

    public string? ResourceGroup { get; }

    public string Namespace { get; }

    /// <summary>Type segments below the namespace: <c>galleries</c>, <c>images</c>.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>One name for each type segment.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Last name.</summary>
    public string Name => Names[Names.Count - 1];

    /// <summary>Such as <c>Microsoft.Compute/galleries/images</c>.</summary>
    public string TypeName => $"{Namespace}/{string.Join("/", Types)}";

    /// <summary>Id of the resource that holds this one; null for a top-level resource.</summary>
    public ResourceId? Parent => Types.Count < 2
        ? null
        : new ResourceId(
            SubscriptionId, ResourceGroup, Namespace, [.. Types.Take(Types.Count - 1)], [.. Names.Take(Names.Count - 1)]);

    /// <summary>As ARM names a missing resource: <c>Microsoft.Compute/galleries/g/images/i</c>.</summary>
    public string TypeAndNames =>
        $"{Namespace}/{string.Join("/", Types.Zip(Names, static (type, name) => $"{type}/{name}"))}";

    /// <summary>Takes an id apart; null when the text is no id of a resource in a group.</summary>
    public static ResourceId? TryParse(string? text)
    {
        string[] parts = (text ?? string.Empty).Split(['/'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 8 || parts.Length % 2 != 0 || !Is(parts[0], "subscriptions") || !Is(parts[2], "resourceGroups") ||
            !Is(parts[4], "providers"))
        {
            return null;
        }

        string[] tail = [.. parts.Skip(6)];
        return new ResourceId(
            parts[1],
            parts[3],
            parts[5],
            [.. tail.Where(static (_, i) => i % 2 == 0)],
            [.. tail.Where(static (_, i) => i % 2 == 1)]);
    }

    /// <summary>The id with its resource group in upper case, as many answers of Compute have it; other texts unchanged.</summary>
    public static string UpperCaseGroup(string id) => TryParse(id) is { } parsed
        ? new ResourceId(
            parsed.SubscriptionId, parsed.ResourceGroup!.ToUpperInvariant(), parsed.Namespace, parsed.Types, parsed.Names).ToString()
        : id;

    /// <summary>Whether the resource is of a type, such as <c>Microsoft.Compute/disks</c>.</summary>
    public bool IsOf(string typeName) => Is(TypeName, typeName);

    /// <inheritdoc />
    public override string ToString()
    {
        string group = ResourceGroup is null ? string.Empty : $"/resourceGroups/{ResourceGroup}";
        return $"/subscriptions/{SubscriptionId}{group}/providers/{TypeAndNames}";
    }

    private static bool Is(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
