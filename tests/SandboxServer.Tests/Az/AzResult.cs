using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>What a command of az did.</summary>
/// <param name="Command">The command line.</param>
/// <param name="ExitCode">0, 1 on a refusal, 3 when something is not there.</param>
/// <param name="Output">Standard output: JSON, or nothing.</param>
/// <param name="Error">Standard error: warnings, and why it failed.</param>
public sealed record AzResult(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>The output; null when it is empty or no JSON.</summary>
    public JsonNode? Json
    {
        get
        {
            try
            {
                return Output.Length == 0 ? null : JsonNode.Parse(Output);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>Names of the object, or of the objects of the array, that came out, in their order.</summary>
    public IEnumerable<string> Names => Json switch
    {
        JsonArray items => items.Select(Name),
        { } item => [Name(item)],
        null => [],
    };

    // What az vm create puts out has no name, and Azure writes groups in capitals in some lists.
    private static string Name(JsonNode? item) =>
        (string?)item?["name"] ?? ((string?)item?["id"])?.Split('/')[^1] ?? string.Empty;
}
