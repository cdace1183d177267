using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Tags;

namespace ImageCmdlets.Sandbox.Compute;

/// <summary>Bodies of the small resources that Compute writes at once, without an operation and without a state.</summary>
internal static class ImmediateBody
{
    /// <summary>The body that a PUT or PATCH leaves behind.</summary>
    /// <param name="context">The request. A PUT replaces tags and the members named here, a PATCH keeps what it does not send.</param>
    /// <param name="properties">Properties from now on.</param>
    /// <param name="members">Members beside tags that the client sets: <c>sku</c>, <c>zones</c>.</param>
    public static JsonObject Write(RequestContext context, JsonObject properties, params string[] members)
    {
        TagRules.Check(context.Body.Object("tags"));
        bool patch = context.Request.Method == "PATCH";
        JsonObject body = JsonText.NewObject();
        body["name"] = context.Target!.Name;
        body["id"] = context.Target.ToString();
        body["type"] = context.Operation.Type.FullName;
        body["location"] = context.Location;
        foreach (string name in members.Prepend("tags"))
        {
            JsonNode? value = context.Body[name] ?? (patch ? context.Existing!.Body[name] : null);
            if (value is not null) body[name] = value.DeepClone();
        }

        body["properties"] = properties;
        return body;
    }

    /// <summary>The settings that stand after a request: what it sends over what was there.</summary>
    /// <param name="context">The request.</param>
    /// <param name="names">Properties that the client sets; others of the request are dropped.</param>
    public static JsonObject Settings(RequestContext context, params string[] names)
    {
        JsonObject properties = JsonText.NewObject();
        JsonObject? sent = context.Body.Object("properties");
        foreach (string name in names)
        {
            if ((sent?[name] ?? context.Existing?.Properties[name]) is { } value) properties[name] = value.DeepClone();
        }

        return properties;
    }
}
