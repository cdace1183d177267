using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>What the bodies of galleries, definitions and versions have in common.</summary>
internal static class GalleryBodies
{
    private static readonly string[] s_top = ["name", "id", "type", "location", "tags", "properties"];
    private static readonly string[] s_first = ["type", "location", "id", "name", "tags", "properties"];

    /// <summary>A new resource, Creating.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">Full name of its type.</param>
    /// <param name="properties">Its properties but for the state.</param>
    /// <param name="order">Order of its properties.</param>
    public static JsonObject New(RequestContext context, string type, JsonObject properties, IReadOnlyList<string> order)
    {
        JsonObject body = JsonText.NewObject();
        body["name"] = context.Target!.Name;
        body["id"] = context.Target.ToString();
        body["type"] = type;
        body["location"] = context.Location;
        properties["provisioningState"] = "Creating";
        body["properties"] = PropertyOrder.Sort(properties, order);
        return SetTags(context, body);
    }

    /// <summary>The body with the tags of a PUT (which replaces them) or PATCH (which leaves what it does not name).</summary>
    public static JsonObject SetTags(RequestContext context, JsonObject body)
    {
        if (context.Body["tags"] is JsonObject tags)
            body["tags"] = tags.DeepClone();
        else if (context.Request.Method == "PUT")
            body.Remove("tags");
        return PropertyOrder.Sort(body, s_top);
    }

    /// <summary>The body in the shape of the request's api-version.</summary>
    /// <param name="context">The request.</param>
    /// <param name="entry">The resource.</param>
    /// <param name="hidden">Paths below <c>properties</c> and the api-versions that brought them.</param>
    public static JsonObject Show(
        RequestContext context, ResourceEntry entry, params (string Path, string Since)[] hidden)
    {
        JsonObject body = entry.Body.Copy();
        foreach ((string path, string since) in hidden)
        {
            if (!GalleryApi.Knows(context, since)) Remove((JsonObject)body["properties"]!, path);
        }

        return context.ApiVersion == GalleryApi.First ? PropertyOrder.Sort(body, s_first) : body;
    }

    /// <summary>Takes a property out of an object.</summary>
    public static void Remove(JsonObject holder, string path)
    {
        int dot = path.LastIndexOf('.');
        JsonObject? owner = dot < 0 ? holder : holder.Object(path.Substring(0, dot));
        owner?.Remove(path.Substring(dot + 1));
    }

    /// <summary>Copies the named properties that a request has sent.</summary>
    public static void Take(JsonObject? sent, JsonObject properties, IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (sent?[name] is { } value) properties[name] = value.DeepClone();
        }
    }

    /// <summary>The end of life that a request sets, as Azure writes it back; null when it sets none.</summary>
    public static string? EndOfLife(RequestContext context, string path, string target)
    {
        if (context.Body.Text($"properties.{path}") is not { } sent) return null;
        if (!DateTimeOffset.TryParse(sent, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date))
            throw GalleryErrors.DateInvalid(sent, path);
        return date > context.Now ? ArmTime.Format(date) : throw GalleryErrors.EndOfLifePast(target);
    }
}
