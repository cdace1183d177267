using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Tests.Recordings;

namespace ImageCmdlets.Sandbox.Tests.Recordings.Traffic;

/// <summary>Which identifier of the sandbox stands for which of a recording: subscriptions, operations, deployments, secrets.</summary>
internal sealed partial class SessionMap(string subscriptionId)
{
    private const int GuidLength = 36;

    private readonly Dictionary<string, string> _operations = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);
    private string? _deployment;
    private string? _signature;

    /// <summary>A text of the recording with the sandbox's identifiers.</summary>
    public string Here(string text)
    {
        text = SubscriptionId().Replace(text, $"/subscriptions/{subscriptionId}");

        // A region for Microsoft's own tests, which no customer has.
        text = text.Replace("EastUS2EUAP", "eastus2", StringComparison.OrdinalIgnoreCase);

        // Recorders take secrets out; the sandbox, as Azure, would refuse what they put in their place.
        text = HiddenPassword().Replace(text, "${name}: \"Pa55-of-a-recording\"");
        if (_signature is not null) text = Signature().Replace(text, $"\"signature\": \"{_signature}\"");
        foreach ((string there, string here) in _names) text = text.Replace(there, here, StringComparison.OrdinalIgnoreCase);
        return _deployment is null ? text : text.Replace("/mock-deployment", $"/{_deployment}", StringComparison.Ordinal);
    }

    /// <summary>
    /// The address to ask here; null for an operation that was not begun here. Azure's token of a next page means nothing to anybody else.
    /// </summary>
    public string? Address(RecordedExchange exchange) => Operation(exchange.Uri) is { } key
        ? _operations.GetValueOrDefault(key)
        : Here(SkipToken().Replace(exchange.Uri.PathAndQuery, string.Empty));

    /// <summary>Learns the name that the recorder of the Azure CLI hides in addresses of deployments, and in them only.</summary>
    public void Before(RecordedExchange exchange)
    {
        if (exchange.Method == "PUT" && exchange.Uri.AbsolutePath.EndsWith("/mock-deployment", StringComparison.Ordinal))
            _deployment = DeploymentName().Match(exchange.Body) is { Success: true } found ? found.Groups[1].Value : null;
    }

    /// <summary>Learns the operations that an answer announced, and the signature of an agreement that a client sends back.</summary>
    public void After(RecordedExchange exchange, Answer answer)
    {
        if (Signature().Match(answer.Text) is { Success: true } signature) _signature = signature.Groups[1].Value;
        Learn(exchange.Body, answer.Text);
        foreach (string header in new[] { "Azure-AsyncOperation", "Location" })
        {
            if (exchange.Header(header) is { } recorded && answer.Header(header) is { } here && Operation(new Uri(recorded)) is { } key)
                _operations[key] = here;
        }
    }

    /// <summary>Whether an address is that of an operation.</summary>
    public static bool IsOperation(Uri uri) => Operation(uri) is not null;

    // Disks to which nobody gave a name have one that ends in random digits, and clients send it back.
    private void Learn(string recorded, string here)
    {
        MatchCollection there = DiskName().Matches(recorded), own = DiskName().Matches(here);
        foreach (Match name in there)
        {
            Match? found = own.FirstOrDefault(other => other.Groups["prefix"].Value.Equals(name.Groups["prefix"].Value, StringComparison.OrdinalIgnoreCase));
            if (found is not null && found.Value != name.Value) _names[name.Value] = found.Value;
        }

        // Captured disks are named after their machine.
        if (VmId().Match(recorded) is { Success: true } vm && VmId().Match(here) is { Success: true } ownVm)
            _names[vm.Groups[1].Value] = ownVm.Groups[1].Value;
        if (UniqueName().Match(recorded) is { Success: true } shared && UniqueName().Match(here) is { Success: true } ownShared)
        {
            _names[shared.Groups[1].Value] = ownShared.Groups[1].Value;
            _names[shared.Groups[1].Value[..GuidLength]] = ownShared.Groups[1].Value[..GuidLength];
        }
    }

    // Segment and id name an operation; with monitor=true its result is asked for.
    private static string? Operation(Uri uri) => OperationPath().Match(uri.AbsolutePath) is { Success: true } found
        ? $"{found.Value}{(uri.Query.Contains("monitor=true", StringComparison.OrdinalIgnoreCase) ? "?monitor" : null)}"
        : null;

    [GeneratedRegex("/subscriptions/[0-9a-f]{8}-[0-9a-f-]{27}", RegexOptions.IgnoreCase)]
    private static partial Regex SubscriptionId();

    [GeneratedRegex("(?<name>\"adminPassword\"):\\s*\"[^\"\\[]*(REDACTED|\\*\\*)[^\"]*\"", RegexOptions.IgnoreCase)]
    private static partial Regex HiddenPassword();

    [GeneratedRegex("\"vmId\":\\s*\"([^\"]+)\"")]
    private static partial Regex VmId();

    [GeneratedRegex("\"uniqueName\":\\s*\"([^\"]+)\"")]
    private static partial Regex UniqueName();

    [GeneratedRegex("(?<prefix>[\\w.-]+_(OsDisk_|disk)\\d+_)[0-9a-f]{32}", RegexOptions.IgnoreCase)]
    private static partial Regex DiskName();

    [GeneratedRegex("(?<=[?&])(\\$|%24)skiptoken=[^&]*&?", RegexOptions.IgnoreCase)]
    private static partial Regex SkipToken();

    [GeneratedRegex("\"signature\":\\s*\"([^\"]+)\"")]
    private static partial Regex Signature();

    [GeneratedRegex("\"name\":\\s*\"([^\"]+)\"")]
    private static partial Regex DeploymentName();

    [GeneratedRegex("/(operations|capsOperations|DiskOperations|operationStatuses|operationResults|asyncoperations|operationresults)/[^/]+$", RegexOptions.IgnoreCase)]
    private static partial Regex OperationPath();
}
