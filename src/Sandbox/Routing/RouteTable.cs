namespace ImageCmdlets.Sandbox.Routing;

/// <summary>The operations by method and length of their paths, so that a request is held against few templates.</summary>
internal sealed class RouteTable
{
    // No template and no scope of a known resource is longer; who sends more is answered from all operations.
    private const int LongestPath = 32;

    private readonly IReadOnlyList<OperationDefinition> _all;
    private readonly Dictionary<string, OperationDefinition[][]> _byMethod;

    public RouteTable(IReadOnlyList<OperationDefinition> operations)
    {
        _all = operations;
        _byMethod = operations
            .GroupBy(static operation => operation.Method, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => ByLength([.. group]), StringComparer.Ordinal);
    }

    /// <summary>The operations that may fit, in the order of their registration: the first that fits counts.</summary>
    public IEnumerable<OperationDefinition> Candidates(string method, int segments)
    {
        if (!_byMethod.TryGetValue(method, out OperationDefinition[][]? byLength)) return [];
        return segments <= LongestPath ? byLength[segments] : _all.Where(operation => operation.Method == method);
    }

    private static OperationDefinition[][] ByLength(OperationDefinition[] operations) =>
    [
        .. Enumerable.Range(0, LongestPath + 1).Select(length => operations.Where(operation => operation.Template.FitsLength(length)).ToArray()),
    ];
}
