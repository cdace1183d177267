using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Networks;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.LoadBalancers;

/// <summary>Reads one part of a load balancer out of a body.</summary>
/// <param name="draft">The balancer.</param>
/// <param name="id">Id of the part.</param>
/// <param name="sent">Its <c>properties</c>.</param>
/// <param name="path">Where they stand in the body.</param>
internal sealed class LoadBalancerPartReader(LoadBalancerDraft draft, string id, JsonObject sent, string path)
{
    public const int LastPort = 65535;

    public LoadBalancerDraft Draft { get; } = draft;

    public RequestContext Context => Draft.Context;

    public string Id { get; } = id;

    public JsonObject Sent { get; } = sent;

    public string Path { get; } = path;

    /// <summary>A reference to another part of the same balancer, as it is shown; null when the body has none.</summary>
    /// <exception cref="Errors.ArmException">400 InvalidRequestFormat or InvalidResourceReference.</exception>
    public JsonObject? Reference(string name, string type) => Reference(Sent[name], name, type);

    /// <summary>A list of such references.</summary>
    public JsonArray References(string name, string type) =>
        new([.. Sent.Items(name).Select((item, i) => (JsonNode?)Reference(item, $"{name}[{i}]", type))]);

    /// <summary>A reference that the part cannot be without.</summary>
    public JsonObject Required(string name, string type) =>
        Reference(name, type) ?? throw NetworkErrors.MissingProperty(name, Path);

    /// <summary>A port; templates write it as text, too.</summary>
    public long Port(string name, long least = 1)
    {
        if (Sent[name] is not JsonValue value) throw NetworkErrors.MissingProperty(name, Path);
        return long.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long port) &&
            port >= least && port <= LastPort
            ? port
            : throw LoadBalancerErrors.InvalidPort(Id, name, value.ToString(), least, LastPort);
    }

    public bool Flag(string name) => Sent.Flag(name) ?? false;

    public long Number(string name, long otherwise) => Sent.Number(name) ?? otherwise;

    /// <summary>A word out of a fixed list.</summary>
    public string? Word(string name, string type, params string[] words) =>
        NetworkEnums.Read(Context, Sent, name, $"{Path}.{name}", type, words);

    /// <summary>The protocol of a rule.</summary>
    public string Protocol(params string[] words) =>
        Word("protocol", "TransportProtocol", words) ?? throw NetworkErrors.MissingProperty("protocol", Path);

    private JsonObject? Reference(JsonNode? reference, string name, string type)
    {
        if (reference is not JsonObject) return null;
        string id = reference.Text("id") ?? throw NetworkErrors.MissingReferenceId($"{Path}.{name}");
        if (ResourceId.TryParse(id)?.IsOf(type) != true)
            throw NetworkErrors.InvalidReferenceFormat(id, type.Substring(NetworkTypes.Namespace.Length + 1), $"{Path}.{name}");
        string found = Draft.Parts.FirstOrDefault(part => string.Equals(part, id, StringComparison.OrdinalIgnoreCase))
            ?? throw NetworkErrors.InvalidReference(id, Id);
        return new JsonObject { ["id"] = found };
    }
}
