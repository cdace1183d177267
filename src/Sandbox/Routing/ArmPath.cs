using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Routing;

/// <summary>The path of a request, taken apart. Doubled slashes count as one, as ARM counts them.</summary>
internal sealed class ArmPath
{
    private readonly int _provider;

    public ArmPath(Uri uri)
    {
        Segments =
        [
            .. uri.AbsolutePath.Split(['/'], StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString),
        ];
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
        Segments.Count > index + 1 && string.Equals(Segments[index], name, StringComparison.OrdinalIgnoreCase)
            ? Segments[index + 1]
            : null;

    private int LastProviderIndex()
    {
        for (int i = Segments.Count - 1; i >= 0; i--)
        {
            if (string.Equals(Segments[i], "providers", StringComparison.OrdinalIgnoreCase)) return i;
        }

        return -1;
    }
}
