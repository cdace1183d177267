using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Policies;

/// <summary>What definitions and assignments say of who wrote them and when.</summary>
internal static class PolicyMetadata
{
    /// <summary>The <c>metadata</c> that a PUT leaves behind: what it sends, and what the service adds.</summary>
    public static JsonObject Of(RequestContext context, ResourceEntry? present)
    {
        JsonObject metadata = context.Body.Object("properties.metadata")?.Copy() ?? JsonText.NewObject();
        string now = context.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
        metadata["createdBy"] = present?.Body.Text("properties.metadata.createdBy") ?? context.Caller.ObjectId;
        metadata["createdOn"] = present?.Body.Text("properties.metadata.createdOn") ?? now;
        metadata["updatedBy"] = present is null ? null : context.Caller.ObjectId;
        metadata["updatedOn"] = present is null ? null : now;
        return metadata;
    }
}
