using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.ResourceGraph;

/// <summary>A column of an answer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value for a row.</param>
internal sealed record QueryColumn(string Name, Func<JsonObject, JsonNode?> Value)
{
    /// <summary>A column that stays as it is.</summary>
    public static QueryColumn Same(string name) => new(name, row => row[name]);

    /// <summary>The row with these columns.</summary>
    public static JsonObject Row(JsonObject row, IReadOnlyList<QueryColumn> columns)
    {
        JsonObject made = JsonText.NewObject();
        foreach (QueryColumn column in columns) made[column.Name] = column.Value(row) is { Parent: not null } owned ? owned.DeepClone() : column.Value(row);
        return made;
    }
}
