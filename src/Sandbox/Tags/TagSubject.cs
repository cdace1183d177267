using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.ResourceGroups;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.Tags;

/// <summary>Tags of any resource, group or subscription, without its provider.</summary>
internal sealed class TagSubject : IResourceSubject
{
    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        const string path = "{*scope}/providers/Microsoft.Resources/tags/default";
        ResourceType type = registry.Add(new ResourceType("Microsoft.Resources", "tags", ResourceGroupSubject.ApiVersions)
        {
            Tracked = false,
            NeedsLocation = false,
        });
        registry.Map("GET", path, "Tags_GetAtScope", type, static c => Show(c, ExtensionScope.Holder(c)));
        registry.Map("PUT", path, "Tags_CreateOrUpdateAtScope", type, Put);
        registry.Map("PATCH", path, "Tags_UpdateAtScope", type, Patch);
        registry.Map("DELETE", path, "Tags_DeleteAtScope", type, Delete);
    }

    private static ArmResponse Put(RequestContext context) => Save(context, ExtensionScope.Holder(context), Sent(context));

    private static ArmResponse Patch(RequestContext context)
    {
        ResourceEntry holder = ExtensionScope.Holder(context);
        JsonObject sent = Sent(context);
        JsonObject tags = context.Body.Text("operation")?.ToLowerInvariant() switch
        {
            "replace" => sent,
            "merge" => Merge(holder, sent),
            "delete" => Without(holder, sent),
            _ => throw GatewayErrors.InvalidRequestContent(
                "Required property 'operation' expects one of 'Replace', 'Merge', 'Delete'. Path ''."),
        };
        return Save(context, holder, tags);
    }

    private static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry holder = ExtensionScope.Holder(context);
        VmFacts.CheckChangeable(holder);
        holder.Body.Remove("tags");
        return ArmResponse.Gateway(200);
    }

    private static ArmResponse Save(RequestContext context, ResourceEntry holder, JsonObject tags)
    {
        TagRules.Check(tags);
        VmFacts.CheckChangeable(holder);
        holder.Body["tags"] = tags.DeepClone();
        return Show(context, holder);
    }

    private static JsonObject Sent(RequestContext context) => context.Body.Object("properties.tags")
        ?? throw GatewayErrors.InvalidRequestContent("Required property 'properties.tags' not found in JSON. Path ''.");

    private static JsonObject Merge(ResourceEntry holder, JsonObject sent)
    {
        JsonObject tags = Present(holder);
        foreach (KeyValuePair<string, JsonNode?> tag in sent) tags[tag.Key] = tag.Value?.DeepClone();
        return tags;
    }

    private static JsonObject Without(ResourceEntry holder, JsonObject sent)
    {
        JsonObject tags = Present(holder);
        foreach (KeyValuePair<string, JsonNode?> tag in sent)
        {
            if (tags[tag.Key]?.ToString() == tag.Value?.ToString()) tags.Remove(tag.Key);
        }

        return tags;
    }

    private static JsonObject Present(ResourceEntry holder) => holder.Body.Object("tags")?.Copy() ?? JsonText.NewObject();

    private static ArmResponse Show(RequestContext context, ResourceEntry holder) => ArmResponse.Gateway(200, new JsonObject
    {
        ["id"] = $"{holder.Id}/providers/Microsoft.Resources/tags/default",
        ["name"] = "default",
        ["type"] = "Microsoft.Resources/tags",
        ["properties"] = new JsonObject { ["tags"] = Present(holder) },
    });
}
