using System.Collections.Concurrent;

namespace ImageCmdlets.Tests.Specification;

/// <summary>Which operation an address to poll belongs to.</summary>
internal sealed class RunningOperations
{
    private readonly ConcurrentDictionary<string, RunningOperation> _byAddress = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Keeps the addresses that an answer hands out.</summary>
    /// <param name="exchange">What started the operation.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="isOfItsVersion">Whether it is the operation of the version that was asked for.</param>
    public void Remember(Exchange exchange, SpecificationOperation operation, bool isOfItsVersion)
    {
        if (exchange.Status is not (200 or 201 or 202 or Exchange.Unanswered)) return;
        foreach ((string name, string value) in exchange.AnswerHeaders)
        {
            bool isStatus = string.Equals(name, "Azure-AsyncOperation", StringComparison.OrdinalIgnoreCase);
            if (!isStatus && !string.Equals(name, "Location", StringComparison.OrdinalIgnoreCase)) continue;
            if (Uri.TryCreate(value, UriKind.Absolute, out Uri? address)) _byAddress[Key(address)] = new RunningOperation(operation, isStatus, isOfItsVersion);
        }
    }

    /// <summary>The operation whose address a request reads; null when it reads none.</summary>
    public RunningOperation? Find(Exchange exchange) =>
        exchange.Method == "GET" && _byAddress.TryGetValue(Key(exchange.Address), out RunningOperation? found) ? found : null;

    // Both addresses of an operation have the same path; only the query tells the Location.
    private static string Key(Uri address) =>
        address.AbsolutePath + (address.Query.Contains("monitor=true", StringComparison.OrdinalIgnoreCase) ? "?monitor" : string.Empty);
}
