using System.Text.Json;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.State;

/// <summary>A line of the state file, taken apart without reading its records.</summary>
internal sealed class StateLine
{
    private readonly ArraySegment<byte> _line;
    private readonly List<(string Part, string Key, int Start, int Length)> _records = [];

    /// <summary>Takes a line apart, which has to stay as it is for as long as its records are asked for.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidOperationException">It is JSON of another form.</exception>
    public StateLine(ArraySegment<byte> line)
    {
        _line = line;
        Utf8JsonReader reader = JsonText.ReadOwn(line);
        reader.Read();
        Require(reader.TokenType == JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) ReadMember(ref reader, reader.GetString()!);
        reader.Read();
    }

    /// <summary>Version of the file; null on all lines but the first.</summary>
    public int? Version { get; private set; }

    /// <summary>Seed of the world's ids; null on all lines but the first.</summary>
    public int? Seed { get; private set; }

    /// <summary>Virtual time of the change; null on the first line.</summary>
    public string? Time { get; private set; }

    /// <summary>Part, key and record of what changed. A record is its text, or null when it is gone.</summary>
    public IEnumerable<(string Part, string Key, byte[]? Record)> Records =>
        _records.Select(record => (record.Part, record.Key, record.Length == 0 ? null : _line.AsSpan(record.Start, record.Length).ToArray()));

    private void ReadMember(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when name == "version":
                Version = reader.GetInt32();
                break;
            case JsonTokenType.Number when name == "seed":
                Seed = reader.GetInt32();
                break;
            case JsonTokenType.String when name == "time":
                Time = reader.GetString();
                break;
            default:
                Require(reader.TokenType == JsonTokenType.StartObject);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) ReadRecord(ref reader, name, reader.GetString()!);
                break;
        }
    }

    private void ReadRecord(ref Utf8JsonReader reader, string part, string key)
    {
        reader.Read();
        bool gone = reader.TokenType == JsonTokenType.Null;
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        _records.Add((part, key, start, gone ? 0 : (int)reader.BytesConsumed - start));
    }

    private static void Require(bool form)
    {
        if (!form) throw new InvalidOperationException("A line of another form.");
    }
}
