using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>A source has to be what the image definition says of all its versions.</summary>
internal static class GallerySourceRules
{
    private const long MostGB = 1024;

    /// <summary>Refuses what Azure refuses at once, and notes what it finds out while the version is made.</summary>
    /// <returns>The draft with the definition's facts on its OS disk.</returns>
    public static GalleryVersionDraft Check(RequestContext context, GalleryDefinition definition, GalleryVersionDraft draft)
    {
        if (draft.OSState is { } state && state != definition.OSState)
        {
            throw draft.IsMachine
                ? GalleryVersionErrors.OSState(draft.SourceId, state, definition.OSState)
                : GalleryVersionErrors.ParentOSState(draft.SourceId, state, definition.OSState);
        }

        bool onlyCopies = definition.SecurityType.EndsWith("Supported", StringComparison.OrdinalIgnoreCase);
        if (onlyCopies && draft.IsLive) throw GalleryVersionErrors.SecuritySource(definition.SecurityType, draft.SourceId);
        GalleryVersionDisk system = draft.Disks[0];
        return draft with
        {
            Refusal = Refusal(context, definition, draft),
            Disks = [system with { Source = system.Source with { Traits = Traits(definition, system) } }, .. draft.Disks.Skip(1)],
        };
    }

    private static ArmError? Refusal(RequestContext context, GalleryDefinition definition, GalleryVersionDraft draft)
    {
        string id = draft.SourceId;

        // The first version took a Windows image for a definition of Linux (recorded: GalleryTests.GalleryImageVersion_CRUD_Tests).
        bool first = context.ApiVersion == GalleryApi.First;
        if (draft.System.OSType is { } system && system != definition.OSType && !first)
            return GalleryVersionErrors.OSType(id, system, definition.OSType);
        if (draft.System.Generation is { } generation && generation != definition.Generation)
            return GalleryVersionErrors.Generation(id, generation, definition.Generation);
        if (draft.System.Architecture is { } architecture && architecture != definition.Architecture)
            return GalleryVersionErrors.Architecture(id, architecture, definition.Architecture);
        // Documented: up to 1 TB, and more with shallow replication, which copies nothing.
        bool shallow = context.Body.Text("properties.publishingProfile.replicationMode") == "Shallow";
        if (!shallow && draft.Disks.Max(static disk => disk.Source.SizeGB) is > MostGB and var size) return GalleryVersionErrors.TooLarge(size, MostGB);
        string security = draft.MachineSecurity ?? draft.System.SecurityType ?? "Standard";
        bool secure = security != "Standard";
        if (draft.IsLive && secure != definition.NeedsSecureSource)
            return GalleryVersionErrors.SecurityType(id, security, definition.SecurityType);
        if (!draft.IsMachine) return null;
        string present = Plan(draft.Plan), wanted = Plan(definition.Plan);
        return string.Equals(present, wanted, StringComparison.OrdinalIgnoreCase)
            ? null
            : GalleryVersionErrors.Plan(id, present, wanted);
    }

    private static string Plan(JsonObject? plan) => plan is null
        ? "null"
        : JsonText.Compact(new JsonObject
        {
            ["name"] = plan.Text("name"),
            ["publisher"] = plan.Text("publisher"),
            ["product"] = plan.Text("product"),
            ["promotionCode"] = plan.Text("promotionCode"),
        });

    private static JsonObject Traits(GalleryDefinition definition, GalleryVersionDisk system)
    {
        JsonObject traits = system.Source.Traits.Copy();
        traits["osType"] = definition.OSType;
        traits["hyperVGeneration"] = definition.Generation;
        if (definition.Plan is { } plan) traits["purchasePlan"] = plan.DeepClone();
        traits["supportedCapabilities"] ??= new JsonObject { ["architecture"] = definition.Architecture };
        if (definition.NeedsSecureSource)
            traits["securityProfile"] = new JsonObject { ["securityType"] = definition.SecurityType };
        return traits;
    }
}
