using System.Text;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests;

/// <summary>An answer of the sandbox as a test reads it.</summary>
public sealed class Answer(SandboxResponse response)
{
    public int Status => response.Status;

    public string Text => Encoding.UTF8.GetString(response.Body);

    public JsonObject Json => (JsonObject)JsonNode.Parse(Text)!;

    public string? Code => (string?)Json["error"]?["code"];

    public string? Message => (string?)Json["error"]?["message"];

    public IReadOnlyList<KeyValuePair<string, string>> Headers => response.Headers;

    public string? Header(string name) =>
        response.Headers.FirstOrDefault(h => string.Equals(h.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    public Answer ShouldBe(int status)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Text}");
        return this;
    }
}
