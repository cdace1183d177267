using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.State;

/// <summary>
/// A part of the world that lives on in the state file: records under keys. The part tells which records may have changed;
/// the file finds out whether they did.
/// </summary>
internal interface IStatePart
{
    /// <summary>Name of the part in the file.</summary>
    string Name { get; }

    /// <summary>
    /// Whether a record means something without the part's others, so that the last one of each key says everything. Where not,
    /// records are written in one piece, and restored in the order in which they were written.
    /// </summary>
    bool RecordsStandAlone { get; }

    /// <summary>Keys of the records that were handed out, added or removed.</summary>
    ChangedKeys Changed { get; }

    /// <summary>Keys of all records.</summary>
    IEnumerable<string> Keys { get; }

    /// <summary>The record of a key as it is now; null when it is gone.</summary>
    JsonNode? Record(string key);

    /// <summary>Puts a record of the file, as text in UTF-8, into the part, which may keep it; null takes it out.</summary>
    /// <exception cref="JsonException">The record is none of this part; also <see cref="FormatException"/> and its like.</exception>
    void Restore(string key, byte[]? record);
}
