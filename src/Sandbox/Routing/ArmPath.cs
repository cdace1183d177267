using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Routing;

/// <summary>
/// The path of a request, taken apart. Doubled slashes count as one, as ARM counts them. Deployments of a group have a short
/// path too, without provider (<c>az deployment operation group list</c> takes it); it stands for the long one.
/// </summary>
internal sealed class ArmPath
{
    // /subscriptions/{id}/resourceGroups/{name}/deployments
    private const int ShortDeployments = 4;

    private readonly int _provider;

    public ArmPath(Uri uri)
    {
        string[] segments =
        [
            .. uri.AbsolutePath.Split(['/'], StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString),
        ];
        bool isShort = segments.Length > ShortDeployments && Same(segments[ShortDeployments], "deployments") && Same(segments[2], "resourceGroups");
        Segments = isShort
            ? [.. segments.Take(ShortDeployments), "providers", "Microsoft.Resources", .. segments.Skip(ShortDeployments)]
            : segments;
        _provider = LastProviderIndex();
    }

    public IReadOnlyList<string> Segments { get; }

    public string? SubscriptionId => After(0, "subscriptions");

    public string? ResourceGroup => After(2, "resourceGroups");

    /// <summary>Namespace behind the last <c>providers</c> segment: that of the extension for an extension resource.</summary>
    public string? Namespace => _provider >= 0 && _provider + 1 < Segments.Count ? Segments[_provider + 1] : null;

    /// <summary>Path before the last <c>providers</c> segment, with a leading slash; empty at tenant level.</summary>
    public string Scope => _provider <= 0 ? string.Empty : "/" + string.Join("/", Segments.Take(_provider));

    /// <summary>Type segments behind the namespace.</summary>
    public IReadOnlyList<string> Types => [.. Tail.Where(static (_, i) => i % 2 == 0)];

    /// <summary>Names behind the namespace; one fewer than the types when the path names a collection or an action.</summary>
    public IReadOnlyList<string> Names => [.. Tail.Where(static (_, i) => i % 2 == 1)];

    private IEnumerable<string> Tail => _provider < 0 ? [] : Segments.Skip(_provider + 2);

    /// <summary>The resource that the path names, or whose action or child collection it names.</summary>
    public ResourceId? Resource =>
        SubscriptionId is { } subscription && Namespace is { } name && Names.Count > 0
            ? new ResourceId(subscription, ResourceGroup, name, [.. Types.Take(Names.Count)], Names)
            : null;

    /// <inheritdoc />
    public override string ToString() => "/" + string.Join("/", Segments);

    private string? After(int index, string name) =>
        Segments.Count > index + 1 && Same(Segments[index], name) ? Segments[index + 1] : null;

    private int LastProviderIndex()
    {
        for (int i = Segments.Count - 1; i >= 0; i--)
        {
            if (Same(Segments[i], "providers")) return i;
        }

        return -1;
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
