using System.Text.RegularExpressions;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Finds the errors inside a recording: refusals of Azure Resource Manager, and polls that tell of a failure.</summary>
internal static partial class RecordedErrors
{
    public static IEnumerable<RecordedError> In(Recording recording) => recording.Exchanges
        .Where(exchange => exchange.Uri.Host == "management.azure.com" && (exchange.Status >= 400 || IsFailedOperation(exchange)))
        .Select(exchange => new RecordedError($"{recording.Name}#{exchange.Index}", exchange));

    private static bool IsFailedOperation(RecordedExchange exchange) =>
        exchange.Status == 200 && exchange.Uri.AbsolutePath.Contains("operation", StringComparison.OrdinalIgnoreCase) && Failed().IsMatch(exchange.Body);

    [GeneratedRegex("^[^{]*\\{[^{]*\"status\"\\s*:\\s*\"Failed\"")]
    private static partial Regex Failed();
}
