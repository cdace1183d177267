using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>
/// The model of a scale set: what its instances are to be. Assumption: two models of the same content are the same, so that
/// a set whose model goes back finds the instances up to date that never left it.
/// </summary>
internal static class ScaleSetModel
{
    /// <summary>The model as if it were the body of a machine, to be looked at by the rules of machines.</summary>
    /// <param name="context">The request.</param>
    /// <param name="set">The set's body after the request.</param>
    public static RequestContext AsMachine(RequestContext context, JsonObject set)
    {
        JsonObject body = JsonText.NewObject();
        body["location"] = set.Text("location");
        foreach (string name in new[] { "plan", "zones" })
        {
            if (set[name] is { } value) body[name] = value.DeepClone();
        }

        body["properties"] = set.Object(ScaleSetFacts.ProfilePath)?.Copy() ?? JsonText.NewObject();
        return context.For(context.Target!, body);
    }

    /// <summary>Keeps what the service knows of a model, and the name of the model.</summary>
    public static void Keep(ResourceEntry set, VmSource source)
    {
        set.State["generation"] = source.Generation;
        set.State["architecture"] = source.Architecture;
        if (source.Reference is { } reference) set.State[ScaleSetFacts.ReferenceKey] = reference.DeepClone();
        Rename(set);
    }

    /// <summary>Names a model that has changed.</summary>
    public static void Rename(ResourceEntry set) => set.State[ScaleSetFacts.ModelKey] = Name(set);

    /// <summary>
    /// Takes the version that the model's image means now: the newest where it names none, as Azure does whenever a request names the
    /// image, also the same one again (azure-cli#28008). What runs an older one is out of date from then on.
    /// </summary>
    /// <param name="world">The world.</param>
    /// <param name="set">The set, its model named with the version that stood before.</param>
    /// <param name="source">What the image means now.</param>
    /// <param name="isSame">Whether nothing else of the model has changed: then what runs that version is up to date.</param>
    public static void MoveOn(SandboxWorld world, ResourceEntry set, VmSource source, bool isSame)
    {
        string? version = source.Reference.Text("exactVersion"), before = set.State.Text(ScaleSetFacts.ModelKey);
        bool follows = FollowsLatest(set.Body.Object($"{ScaleSetFacts.ProfilePath}.storageProfile.imageReference"));
        set.State["osVersion"] = follows ? version : null;
        Keep(set, source);
        foreach (ResourceEntry instance in isSame && follows ? ScaleSetFacts.Instances(world, set) : [])
        {
            string? own = instance.Body.Text("properties.storageProfile.imageReference.exactVersion");
            if (own == version && instance.State.Text(ScaleSetFacts.ModelKey) == before)
                instance.State[ScaleSetFacts.ModelKey] = set.State.Text(ScaleSetFacts.ModelKey);
        }
    }

    /// <summary>Whether a reference names an image without saying which version.</summary>
    public static bool FollowsLatest(JsonObject? reference) =>
        string.Equals(reference.Text("version"), "latest", StringComparison.OrdinalIgnoreCase) ||
        ResourceId.TryParse(reference.Text("id"))?.IsOf("Microsoft.Compute/galleries/images") == true;

    private static string Name(ResourceEntry set)
    {
        var model = new JsonObject
        {
            ["profile"] = set.Body.Object(ScaleSetFacts.ProfilePath)?.DeepClone(),
            ["size"] = set.Body.Text("sku.name"),
            ["custom"] = set.State.Text("customData"),
            ["version"] = set.State.Text("osVersion"),
            ["user"] = set.State.Text("userData"),
        };
        using var sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(JsonText.Compact(model)));
        return Convert.ToBase64String(hash, 0, 12);
    }
}
