using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Galleries;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Access;

/// <summary>With whom a whole gallery is shared: subscriptions, tenants, everybody.</summary>
/// <remarks>Source: <c>GallerySharingProfile_Update</c>; <c>Galleries_Get</c> with <c>$select=Permissions</c> (recorded: test_shared_gallery).</remarks>
internal sealed class GallerySharing(ResourceId gallery, JsonElement profile)
{
    public const string Private = "Private";
    public const string Groups = "Groups";
    public const string Community = "Community";
    private const string Subscriptions = "Subscriptions";
    private const string Tenants = "AADTenants";
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    /// <summary><c>Private</c>, <c>Groups</c> or <c>Community</c>.</summary>
    public string Permission => profile.Text("permissions") ?? Private;

    /// <summary>Whether everybody sees the gallery.</summary>
    public bool IsPublic => Permission == Community && profile.Truth("communityGalleryInfo", "communityGalleryEnabled") == true;

    /// <summary>What everybody is told already.</summary>
    public bool HasPublisher => profile.Text("communityGalleryInfo", "publisherUri") is not null;

    /// <summary>Asks Azure with whom a gallery is shared.</summary>
    public static async Task<GallerySharing> ReadAsync(Operation operation, ResourceId gallery)
    {
        ArmAnswer answer = await operation.Arm.GetAsync(gallery.Text, ArmApiVersions.Galleries, operation.CancellationToken, "$select=Permissions").ConfigureAwait(false);
        return new GallerySharing(gallery, answer.Body.Find("properties", "sharingProfile") ?? default);
    }

    /// <summary>As <see cref="ReadAsync"/>, once no change is on its way: what is still being added would not be seen, and not be taken away.</summary>
    public static async Task<GallerySharing> ReadSettledAsync(Operation operation, ResourceId gallery)
    {
        DateTimeOffset start = operation.Clock.UtcNow;
        while (true)
        {
            ArmAnswer answer = await operation.Arm.GetAsync(gallery.Text, ArmApiVersions.Galleries, operation.CancellationToken).ConfigureAwait(false);
            if (answer.Body.Text("properties", "sharingStatus", "aggregatedState") is not "InProgress" || operation.Clock.UtcNow - start >= s_longest)
                return await ReadAsync(operation, gallery).ConfigureAwait(false);
            await PauseAsync(operation, gallery).ConfigureAwait(false);
        }
    }

    /// <summary>Who has access by it.</summary>
    /// <param name="resourceId">What was asked about: the gallery, or something in it.</param>
    public IEnumerable<ImageAccess> Access(string resourceId)
    {
        foreach (string id in IdsOf(Subscriptions))
            yield return Row(resourceId, ImageAccessKind.Subscription, id);
        foreach (string id in IdsOf(Tenants))
            yield return Row(resourceId, ImageAccessKind.Tenant, id);
        if (IsPublic)
            yield return Row(resourceId, ImageAccessKind.Community, profile.Texts("communityGalleryInfo", "publicNames").FirstOrDefault() ?? gallery.Name);
    }

    /// <summary>The body that shares with those with whom it is not shared yet; null where nothing is left to do.</summary>
    public JsonObject? Addition(IReadOnlyList<string> subscriptions, IReadOnlyList<string> tenants) =>
        Change("Add", subscriptions.Except(IdsOf(Subscriptions), StringComparer.OrdinalIgnoreCase), tenants.Except(IdsOf(Tenants), StringComparer.OrdinalIgnoreCase));

    /// <summary>The body that ends sharing with those with whom it is shared; null where nothing is left to do.</summary>
    public JsonObject? Removal(IReadOnlyList<string> subscriptions, IReadOnlyList<string> tenants) =>
        Change("Remove", subscriptions.Intersect(IdsOf(Subscriptions), StringComparer.OrdinalIgnoreCase), tenants.Intersect(IdsOf(Tenants), StringComparer.OrdinalIgnoreCase));

    /// <summary>Shares, or ends sharing; waits where another such change is on its way.</summary>
    public static Task<ArmAnswer> BeginAsync(Operation operation, ResourceId gallery, JsonObject body) => WhenFreeAsync(operation, gallery, () =>
        operation.Arm.SendAsync(RequestMethod.Post, gallery.Text + "/share", ArmApiVersions.Galleries, body.DeepClone(), operation.CancellationToken));

    /// <summary>The <c>sharingProfile</c> of a gallery's body.</summary>
    public static JsonObject Profile(string permission, CommunityPublisher? publisher = null)
    {
        var body = new JsonObject { ["permissions"] = permission };
        if (publisher is { IsEmpty: false })
        {
            body["communityGalleryInfo"] = new JsonObject
            {
                ["publisherUri"] = publisher.Uri,
                ["publisherContact"] = publisher.Contact,
                ["eula"] = publisher.Eula,
                ["publicNamePrefix"] = publisher.NamePrefix,
            };
        }

        return body;
    }

    /// <summary>Makes the gallery one for everybody, if it is not, with what they are told of its publisher.</summary>
    public async Task PublishAsync(Operation operation, CommunityPublisher publisher)
    {
        if (Permission == Community && publisher.IsEmpty)
            return;

        var body = new JsonObject { ["properties"] = new JsonObject { ["sharingProfile"] = Profile(Community, publisher) } };
        ArmAnswer begun = await WhenFreeAsync(operation, gallery, () => GalleryWriter.BeginChangeAsync(operation, gallery, body)).ConfigureAwait(false);
        await operation.Poller.WaitAsync(begun, gallery.Text, null, operation.CancellationToken).ConfigureAwait(false);
    }

    private static async Task<ArmAnswer> WhenFreeAsync(Operation operation, ResourceId gallery, Func<Task<ArmAnswer>> begin)
    {
        DateTimeOffset start = operation.Clock.UtcNow;
        while (true)
        {
            try
            {
                return await begin().ConfigureAwait(false);
            }
            catch (ArmOperationException exception) when (exception.Status == 409 && exception.Code == "Conflict" && operation.Clock.UtcNow - start < s_longest)
            {
                await PauseAsync(operation, gallery).ConfigureAwait(false);
            }
        }
    }

    private static Task PauseAsync(Operation operation, ResourceId gallery)
    {
        operation.Verbose($"The sharing of '{gallery.Name}' is being changed; it is waited for.");
        return operation.Clock.DelayAsync(s_pause, operation.CancellationToken);
    }

    private static JsonObject? Change(string kind, IEnumerable<string> subscriptions, IEnumerable<string> tenants)
    {
        var groups = new JsonArray();
        foreach ((string type, IEnumerable<string> ids) in new[] { (Subscriptions, subscriptions), (Tenants, tenants) })
        {
            JsonNode[] named = [.. ids.Select(id => (JsonNode)id)];
            if (named.Length > 0)
                groups.Add((JsonNode)new JsonObject { ["type"] = type, ["ids"] = new JsonArray(named) });
        }

        return groups.Count == 0 ? null : new JsonObject { ["operationType"] = kind, ["groups"] = groups };
    }

    private IEnumerable<string> IdsOf(string type) => profile.Items("groups").Where(group => group.Text("type") == type).SelectMany(group => group.Texts("ids"));

    private ImageAccess Row(string resourceId, ImageAccessKind kind, string principal) =>
        new() { TargetId = resourceId, Kind = kind, Principal = principal, Scope = gallery.Text };
}
