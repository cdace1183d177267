using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Shows a resource with the marks that the engine has given it: Azure keeps tags as they are sent, and no recorded client sent any of this module's.</summary>
/// <remarks>Nothing else of an answer is changed. Which mark a resource has is what decides whether the engine goes on with it.</remarks>
internal sealed class TagEcho
{
    private const string Marks = "imagecmdlets-";
    private const string TagsOf = "/providers/microsoft.resources/tags/default";
    private readonly Dictionary<string, Dictionary<string, string>> _marks = new(StringComparer.Ordinal);

    /// <summary>Remembers what a request says of tags.</summary>
    public void Hear(RequestKey key, string body)
    {
        if (key.Method is "PUT" or "PATCH" && JsonNode.Parse(body) is JsonObject sent)
        {
            if (!key.Path.EndsWith(TagsOf, StringComparison.Ordinal))
                Set(key.Path, BodyReading.Tags(sent), isWhole: sent.ContainsKey("tags"));
            else if (sent.Text("operation") == "Delete")
                Drop(key.Path[..^TagsOf.Length], BodyReading.Tags(sent.At("properties")!).Keys);
            else
                Set(key.Path[..^TagsOf.Length], BodyReading.Tags(sent.At("properties")!), isWhole: false);
        }
    }

    /// <summary>An answer with the marks in it, in a list of them too.</summary>
    public RecordedExchange In(RecordedExchange answer)
    {
        if (_marks.Count == 0 || answer.Body.Length == 0 || JsonNode.Parse(answer.Body) is not JsonObject body)
            return answer;

        JsonObject[] shown = body.ContainsKey("value") ? [.. body.All("value").OfType<JsonObject>()] : [body];
        bool[] isMarked = [.. shown.Select(Mark)];
        return isMarked.Contains(true) ? answer with { Body = body.ToJsonString() } : answer;
    }

    /// <summary>Adds the marks to one resource; false where it has none.</summary>
    public bool Mark(JsonObject resource)
    {
        if (resource["id"] is not JsonValue id || !_marks.TryGetValue(PathOf(id.GetValue<string>()), out Dictionary<string, string>? marks) || marks.Count == 0)
            return false;

        var tags = resource["tags"] as JsonObject ?? [];
        resource["tags"] = tags;
        foreach ((string name, string value) in marks)
            tags[name] = value;
        return true;
    }

    private static string PathOf(string id) => RequestKey.Of("GET", new Uri("https://management.azure.com" + id)).Path;

    private void Set(string path, Dictionary<string, string> tags, bool isWhole)
    {
        if (isWhole || !_marks.TryGetValue(path, out Dictionary<string, string>? marks))
            _marks[path] = marks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in tags.Where(tag => tag.Key.StartsWith(Marks, StringComparison.Ordinal)))
            marks[name] = value;
    }

    private void Drop(string path, IEnumerable<string> names)
    {
        foreach (string name in names)
            _marks.GetValueOrDefault(path)?.Remove(name);
    }
}
