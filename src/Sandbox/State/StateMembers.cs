using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.State;

/// <summary>Writes records of a part as a member of a line: nothing where there is none.</summary>
internal sealed class StateMembers(StringBuilder line, string part) : IDisposable
{
    private bool _any;

    /// <summary>Adds a record; null when it is gone.</summary>
    public void Add(string key, string? record)
    {
        line.Append(_any ? "," : $",\"{part}\":{{");
        line.Append(JsonText.Compact(JsonValue.Create(key))).Append(':').Append(record ?? "null");
        _any = true;
    }

    /// <summary>Ends the member.</summary>
    public void Dispose()
    {
        if (_any) line.Append('}');
    }
}
