using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Resources;

/// <summary>
/// A resource as its line of the state file has it. Its contents are only looked for here, and read when somebody asks: most of a
/// world that goes on is not touched for long.
/// </summary>
internal sealed class ResourceRecord
{
    private readonly byte[] _text;
    private (int Start, int Length) _body;
    private (int Start, int Length) _state;

    /// <summary>Takes a record apart.</summary>
    /// <exception cref="FormatException">It is JSON, but of no resource.</exception>
    public ResourceRecord(byte[] text)
    {
        _text = text;
        Utf8JsonReader reader = JsonText.ReadOwn(text);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) ReadMember(ref reader, reader.GetString()!);
        if (Id?.StartsWith("/subscriptions/", StringComparison.Ordinal) != true || Type is null || _body.Length == 0 || _state.Length == 0)
            throw new FormatException("A record of no resource.");
    }

    /// <summary>Id of the resource.</summary>
    public string Id { get; private set; } = null!;

    /// <summary>Its type.</summary>
    public string Type { get; private set; } = null!;

    /// <summary>Makes of the record what it says.</summary>
    /// <returns><see cref="ResourceEntry.Body"/> and <see cref="ResourceEntry.State"/>.</returns>
    public (JsonObject Body, JsonObject State) Read() => (Read(_body), Read(_state));

    /// <summary>The record as it is.</summary>
    public JsonNode ToJson() => JsonText.ParseOwn(_text)!;

    private JsonObject Read((int Start, int Length) member) =>
        JsonText.ParseOwn(_text.AsSpan(member.Start, member.Length))!.AsObject();

    private void ReadMember(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        switch (name)
        {
            case "id":
                Id = reader.GetString()!;
                break;
            case "type":
                Type = reader.GetString()!;
                break;
            case "body":
                _body = SkipObject(ref reader);
                break;
            case "state":
                _state = SkipObject(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static (int Start, int Length) SkipObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new FormatException("A member of another form.");
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return (start, (int)reader.BytesConsumed - start);
    }
}
