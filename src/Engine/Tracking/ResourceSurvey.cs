using System.Collections.Concurrent;
using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Tracking;

/// <summary>What there is in a subscription: all that can belong to an operation or be left of one, read in a few lists.</summary>
/// <remarks>Of the types whose resources come and go within a command the lists of their own providers: that of all resources is brought
/// up to date only later. It tells the rest, with tags and without properties.</remarks>
internal sealed class ResourceSurvey
{
    private static readonly string[] s_types =
    [
        ResourceTypes.Snapshot, ResourceTypes.Disk, ResourceTypes.Image, ResourceTypes.VirtualMachine,
        ResourceTypes.NetworkInterface, ResourceTypes.PublicIPAddress, ResourceTypes.VirtualNetwork, ResourceTypes.NetworkSecurityGroup, ResourceTypes.Gallery,
        ResourceTypes.RestorePointCollection,
    ];

    private readonly Operation _operation;
    private readonly Dictionary<string, SeenResource> _all = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Presence> _looked = new(StringComparer.OrdinalIgnoreCase);

    private ResourceSurvey(Operation operation, string subscriptionId)
    {
        _operation = operation;
        SubscriptionId = subscriptionId;
    }

    public string SubscriptionId { get; }

    public IReadOnlyCollection<SeenResource> All => _all.Values;

    /// <summary>Reads the lists of a subscription; where the user may not, those of the one group that is asked about.</summary>
    /// <exception cref="ImageCmdletsException">AuthorizationFailed.</exception>
    public static async Task<ResourceSurvey> ReadAsync(Operation operation, string? subscriptionId, string? resourceGroupName)
    {
        string subscription = subscriptionId ?? operation.Session.SubscriptionId;
        string scope = "/subscriptions/" + Uri.EscapeDataString(subscription);
        try
        {
            return await new ResourceSurvey(operation, subscription).ReadAsync(scope).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.AuthorizationFailed && resourceGroupName is not null && !NamePattern.HasWildcard(resourceGroupName))
        {
            operation.Verbose($"Only the resource group '{resourceGroupName}' is looked through: {exception.Message}");
            return await new ResourceSurvey(operation, subscription).ReadAsync($"{scope}/resourceGroups/{Uri.EscapeDataString(resourceGroupName)}").ConfigureAwait(false);
        }
    }

    public IEnumerable<SeenResource> Of(string type) => _all.Values.Where(resource => resource.Id.Is(type));

    /// <summary>What a cmdlet of this module made on its way.</summary>
    public IEnumerable<SeenResource> MadeBy(string cmdlet) => _all.Values.Where(resource => OperationTags.IsMadeBy(resource.Tag, cmdlet));

    /// <summary>What is in a group, with what is below its resources.</summary>
    public IEnumerable<SeenResource> In(string? group) => _all.Values.Where(resource => Same(resource.Id.ResourceGroupName, group));

    /// <summary>A resource that another one names; asked for where the lists do not have it.</summary>
    public async Task<Presence> LookAsync(ResourceId? id)
    {
        if (id?.ResourceType is not { } type)
            return new Presence(null, IsGone: false);
        if (_all.TryGetValue(id.Text, out SeenResource? seen))
            return new Presence(seen, IsGone: false);
        if (_looked.TryGetValue(id.Text, out Presence? known))
            return known;

        Presence presence = await AskAsync(id, type).ConfigureAwait(false);
        _looked[id.Text] = presence;
        return presence;
    }

    private async Task<Presence> AskAsync(ResourceId id, string type)
    {
        // What a copy came from may be in another tenant.
        try
        {
            ArmAnswer? answer = await _operation.Arm.FindAsync(id.Text, ArmApiVersions.For(type), _operation.CancellationToken).ConfigureAwait(false);
            return new Presence(answer is null ? null : new SeenResource(id, answer.Body), IsGone: answer is null);
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId is ErrorIds.AuthorizationFailed or ErrorIds.SubscriptionNotFound or ErrorIds.AuthenticationFailed)
        {
            _operation.Verbose($"Nothing tells whether '{id.Name}' is there: {exception.Message}");
            return new Presence(null, IsGone: false);
        }
    }

    private async Task<ResourceSurvey> ReadAsync(string scope)
    {
        await _operation.ForEachAsync(s_types, (type, branch) =>
            branch.Arm.ListAsync($"{scope}/providers/{type}", ArmApiVersions.For(type), Keep, branch.CancellationToken)).ConfigureAwait(false);
        foreach (SeenResource gallery in Of(ResourceTypes.Gallery).Where(gallery => gallery.MadeBy is not null).ToArray())
            await ReadGalleryAsync(gallery.Id.Text).ConfigureAwait(false);
        await _operation.Arm.ListAsync($"{scope}/resources", ArmApiVersions.Resources, KeepOther, _operation.CancellationToken, "$expand=createdTime,provisioningState").ConfigureAwait(false);
        await ReadWholeAsync().ConfigureAwait(false);
        return this;
    }

    // What is in a gallery has no list of its own that goes over all of them.
    private async Task ReadGalleryAsync(string gallery)
    {
        var definitions = new List<string>();
        await _operation.Arm.ListAsync(gallery + "/images", ArmApiVersions.Galleries, item =>
        {
            if (item.Text("id") is { } id)
                definitions.Add(id);
            return Keep(item);
        }, _operation.CancellationToken).ConfigureAwait(false);
        foreach (string definition in definitions)
            await _operation.Arm.ListAsync(definition + "/versions", ArmApiVersions.Galleries, Keep, _operation.CancellationToken).ConfigureAwait(false);
    }

    // Of what this module made and the list of all resources told, everything is wanted.
    private Task ReadWholeAsync()
    {
        SeenResource[] poor = [.. _all.Values.Where(resource => resource.MadeBy is not null && resource.Body.Find("properties") is null && !resource.Id.Is(ResourceTypes.RunCommand))];
        return _operation.ForEachAsync(poor, async (resource, branch) =>
        {
            ArmAnswer? answer = await branch.Arm.FindAsync(resource.Id.Text, ArmApiVersions.For(resource.Id.ResourceType!), branch.CancellationToken).ConfigureAwait(false);
            lock (_all)
            {
                if (answer is null)
                    _all.Remove(resource.Id.Text);
                else
                    _all[resource.Id.Text] = new SeenResource(resource.Id, answer.Body);
            }
        });
    }

    // What its own list has told is known better by that; but those lists write groups in upper case, and this one as they are called.
    private Task KeepOther(JsonElement item)
    {
        if (ResourceId.TryParse(item.Text("id")) is not { ResourceType: { } type } id)
            return Task.CompletedTask;
        if (!_all.TryGetValue(id.Text, out SeenResource? known))
            return IsListed(type) ? Task.CompletedTask : Keep(item);

        _all[id.Text] = known with { Id = id };
        return Task.CompletedTask;
    }

    private Task Keep(JsonElement item)
    {
        if (ResourceId.TryParse(item.Text("id")) is { ResourceType: not null } id)
        {
            lock (_all)
                _all[id.Text] = new SeenResource(id, item);
        }

        return Task.CompletedTask;
    }

    private static bool IsListed(string type) => Array.Exists(s_types, listed => Same(listed, type));

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
