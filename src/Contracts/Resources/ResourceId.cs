namespace ImageCmdlets;

/// <summary>The parts of an ARM resource id. Comparison ignores case: Azure upper-cases parts of ids in lists.</summary>
/// <remarks>Source: recordings; see docs/decisions on ids.</remarks>
public sealed class ResourceId : IEquatable<ResourceId>
{
    private ResourceId(string text, string subscriptionId, string? resourceGroupName, string? resourceType, string name, string? parentName)
    {
        Text = text;
        SubscriptionId = subscriptionId;
        ResourceGroupName = resourceGroupName;
        ResourceType = resourceType;
        Name = name;
        ParentName = parentName;
    }

    /// <summary>The id as it was given, without a slash at the end.</summary>
    public string Text { get; }

    /// <summary>The subscription's GUID.</summary>
    public string SubscriptionId { get; }

    /// <summary>Null for what is not in a resource group.</summary>
    public string? ResourceGroupName { get; }

    /// <summary>Such as <c>Microsoft.Compute/galleries/images</c>; null for a resource group.</summary>
    public string? ResourceType { get; }

    /// <summary>The last part.</summary>
    public string Name { get; }

    /// <summary>The name of the resource around it, for child resources.</summary>
    public string? ParentName { get; }

    /// <summary>Reads an id; null when the text is none.</summary>
    public static ResourceId? TryParse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text![0] != '/')
            return null;

        string trimmed = text.TrimEnd('/');
        string[] parts = trimmed.Substring(1).Split('/');
        if (parts.Length < 2 || !Same(parts[0], "subscriptions") || Array.Exists(parts, string.IsNullOrWhiteSpace))
            return null;

        int next = 2;
        string? group = null;
        if (parts.Length >= 4 && Same(parts[2], "resourceGroups"))
        {
            group = parts[3];
            next = 4;
        }

        if (parts.Length == next)
            return new ResourceId(trimmed, parts[1], group, null, group ?? parts[1], null);

        // providers / namespace / (type / name)+ : an even count, at least four. What extends another resource has it all once more
        // behind that resource's name, and only the last counts: .../disks/d/providers/Microsoft.Resources/tags/default.
        int last = LastProviders(parts, next);
        int rest = parts.Length - last;
        if (!Same(parts[next], "providers") || rest < 4 || rest % 2 != 0)
            return null;

        string type = parts[last + 1];
        for (int i = last + 2; i < parts.Length; i += 2)
            type += "/" + parts[i];

        string? parent = rest > 4 ? parts[parts.Length - 3] : null;
        return new ResourceId(trimmed, parts[1], group, type, parts[parts.Length - 1], parent);
    }

    private static int LastProviders(string[] parts, int first)
    {
        int last = first;
        for (int i = first + 4; i < parts.Length; i += 2)
        {
            if (Same(parts[i], "providers"))
                last = i;
        }

        return last;
    }

    /// <summary>The id of a resource in a resource group.</summary>
    public static ResourceId Of(string subscriptionId, string resourceGroupName, string resourceType, string name)
    {
        string text = $"/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/{resourceType}/{name}";
        return new ResourceId(text, subscriptionId, resourceGroupName, resourceType, name, null);
    }

    /// <summary>The id of a resource group.</summary>
    public static ResourceId OfGroup(string subscriptionId, string resourceGroupName) =>
        new($"/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}", subscriptionId, resourceGroupName, null, resourceGroupName, null);

    /// <summary>What an id of a type looks like: of a child resource with a name for each resource around it.</summary>
    /// <param name="resourceType">Such as <c>Microsoft.Compute/galleries/images</c>.</param>
    public static string FormOf(string resourceType)
    {
        string[] parts = resourceType.Split('/');
        string names = string.Join("/", parts.Skip(1).Select((type, i) => $"{type}/{{{(i == parts.Length - 2 ? "name" : type == "galleries" ? "gallery" : type.TrimEnd('s'))}}}"));
        return $"/subscriptions/{{id}}/resourceGroups/{{group}}/providers/{parts[0]}/{names}";
    }

    /// <summary>Whether this is the id of such a resource, whatever the casing.</summary>
    public bool Is(string resourceType) => Same(ResourceType, resourceType);

    public bool Equals(ResourceId? other) => other is not null && Same(Text, other.Text);

    public override bool Equals(object? obj) => Equals(obj as ResourceId);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Text);

    public override string ToString() => Text;

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
