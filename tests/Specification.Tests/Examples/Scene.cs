using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Tests;
using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.Specification.Tests.Examples;

/// <summary>Puts into a sandbox what an example takes for granted, by the sandbox's own requests.</summary>
internal sealed partial class Scene(SandboxClient client)
{
    private const string DefaultLocation = "westus";
    private const string ComputeVersion = "2023-07-01";

    private string _target = string.Empty;
    private Preparation _preparation = Preparation.For(string.Empty);
    private readonly HashSet<string> _tried = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sets the scene for a request.</summary>
    public void Set(SpecificationExample example, ExampleRequest request)
    {
        string location = (string?)(request.Body as JsonObject)?["location"] ?? DefaultLocation;
        if (GroupPath().Match(request.Path) is { Success: true } group && !(request.Method == "PUT" && group.Value == request.Path))
            EnsureGroup(group.Value, location);
        _target = request.Path;
        _preparation = Preparation.For(example.ToString());
        // What a request creates is not there yet; what it is about otherwise is, and so are the parents of both.
        string? target = ResourcePath().Match(request.Path) is { Success: true } match ? match.Value : null;
        if (target is not null)
        {
            bool creates = request.Method == "PUT" && string.Equals(target, request.Path, StringComparison.OrdinalIgnoreCase);
            if (creates) EnsureParent(target, location);
            else Ensure(target, location, request.Body);
        }

        foreach (string id in References(request.Body).ToArray()) Ensure(id, Place(id, location));
        if (_preparation.Made is { } made) client.Put(request.Path, made.Version, made.Body(client.Subscription)).ShouldBe(201);

        // Of the resource in the group: /subscriptions/…/resourceGroups/…/providers/Namespace/type/name.
        if (_preparation.Update is { } update) client.Patch(string.Join('/', request.Path.Split('/').Take(9)), ComputeVersion, update).ShouldBe(200);
    }

    /// <summary>Creates a resource and what it needs, where there is a recipe for its type.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="location">Where it is to be.</param>
    /// <param name="like">A request that repeats what can never change; the resource is made so.</param>
    public void Ensure(string id, string location, JsonNode? like = null)
    {
        if (!_tried.Add(id) || ResourcePath().Match(id) is not { Success: true } match || match.Value != id) return;
        EnsureGroup(GroupPath().Match(id).Value, location);
        EnsureParent(id, location);
        if (ResourceRecipe.For(id) is not { } recipe || client.Get(id, recipe.Version).Status == 200) return;
        JsonObject body = recipe.Body(id, location, like, _preparation, _tried.Count);
        foreach (string needed in References(body).ToArray()) Ensure(needed, location);
        Finish(client.Put(id, recipe.Version, body.ToJsonString()));
        if (recipe.Type == "Microsoft.Compute/virtualMachines") Prepare(id);
        // An image definition without a version is of no use to what refers to it.
        if (recipe.Type == "Microsoft.Compute/galleries/images" && like is null && !_target.StartsWith(id, StringComparison.OrdinalIgnoreCase))
            Ensure($"{id}/versions/1.0.0", location);
    }

    /// <summary>Lets time pass until what an answer has begun is over, and returns the last status.</summary>
    public JsonObject? Finish(Answer answer)
    {
        if (answer.Status >= 400 || answer.Header("Azure-AsyncOperation") is not { } address) return null;
        for (int i = 0; i < 5000; i++)
        {
            JsonObject status = client.Send("GET", address).ShouldBe(200).Json;
            if ((string?)status["status"] is "Succeeded" or "Failed" or "Canceled") return status;
            client.Advance(10);
        }

        throw new InvalidOperationException($"The operation at {address} does not end.");
    }

    // At once: what is made of a machine may need it so.
    private void Prepare(string machine)
    {
        foreach (string action in _preparation.Actions) Finish(client.Post($"{machine}/{action}", ComputeVersion));
    }

    // Examples with two regions name an encryption set for each after the region, in which it has to be.
    private static string Place(string id, string location) =>
        id.EndsWith("EastUSDiskEncryptionSet", StringComparison.Ordinal) ? "eastus" : location;

    private void EnsureParent(string id, string location)
    {
        string[] parts = id.Split('/');
        // …/providers/Namespace/type/name/type/name: the parent is what is left without the last pair.
        if (parts.Length > 9) Ensure(string.Join('/', parts.Take(parts.Length - 2)), location);
    }

    private void EnsureGroup(string path, string location)
    {
        if (!_tried.Add(path)) return;
        // A group may be anywhere; some examples name places that no subscription has.
        foreach (string place in new[] { location, DefaultLocation })
        {
            if (client.Put(path, SandboxClient.ResourcesVersion, new JsonObject { ["location"] = place }.ToJsonString()).Status < 400) return;
        }
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject body => body.SelectMany(static member => References(member.Value)),
        JsonArray items => items.SelectMany(References),
        JsonValue value when value.TryGetValue(out string? text) && ResourcePath().Match(text) is { Success: true } match && match.Value == text => [text],
        _ => [],
    };

    [GeneratedRegex(@"^/subscriptions/[^/]+/resourceGroups/[^/]+", RegexOptions.IgnoreCase)]
    private static partial Regex GroupPath();

    // Pairs of type and name; an action or a list behind them does not belong to the id.
    [GeneratedRegex(@"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/[^/]+(/[^/]+/[^/]+)+", RegexOptions.IgnoreCase)]
    private static partial Regex ResourcePath();
}
