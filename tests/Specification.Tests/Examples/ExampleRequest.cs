using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Tests.Specification;
using NSwag;

namespace ImageCmdlets.Specification.Tests.Examples;

/// <summary>The request of an example, its placeholders filled in.</summary>
internal sealed partial class ExampleRequest
{
    private ExampleRequest(string method, string path, string query, JsonNode? body)
    {
        Method = method;
        Path = path;
        Address = path + query;
        Body = body;
    }

    public string Method { get; }

    /// <summary>Path without query: of most operations the id of what they are about.</summary>
    public string Path { get; }

    /// <summary>Path and query.</summary>
    public string Address { get; }

    public JsonNode? Body { get; }

    public static ExampleRequest Of(SpecificationExample example, string subscriptionId)
    {
        SpecificationOperation operation = example.Operation;
        var placeholders = new Placeholders(subscriptionId);
        Dictionary<string, JsonNode?> given = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, JsonNode? value) in example.Read()["parameters"]!.AsObject()) given[name] = value;
        string path = Parameter().Replace(operation.Path.Text, match => match.Groups["name"].Value switch
        {
            "subscriptionId" => subscriptionId,
            var name => placeholders.Fill(name, given.TryGetValue(name, out JsonNode? value) ? value!.ToString() : match.Value).Trim('/'),
        });
        IEnumerable<string> query = operation.Parameters
            .Where(p => p.Place == OpenApiParameterKind.Query && p.Name != "api-version" && given.ContainsKey(p.Name))
            .Select(p => $"&{p.Name}={Uri.EscapeDataString(placeholders.Fill(Text(given[p.Name]!)))}");
        JsonNode? body = operation.Body is { } declared && given.TryGetValue(declared.Name, out JsonNode? sent) ? placeholders.Fill(sent) : null;
        return new ExampleRequest(
            operation.Method,
            string.Join('/', path.Split('/').Select(static segment => Uri.EscapeDataString(segment))),
            $"?api-version={operation.Document.Version}{string.Concat(query)}",
            body);
    }

    /// <summary>The same request with other texts in its address and its body.</summary>
    public ExampleRequest With(Func<string, string> change)
    {
        string query = Address[Path.Length..];
        return new ExampleRequest(Method, change(Path), query, Body is null ? null : JsonNode.Parse(change(Body.ToJsonString())));
    }

    // true, not True.
    private static string Text(JsonNode value) => value is JsonValue text && text.TryGetValue(out string? plain) ? plain : value.ToJsonString();

    [GeneratedRegex(@"\{(?<name>[^}]+)\}")]
    private static partial Regex Parameter();
}
