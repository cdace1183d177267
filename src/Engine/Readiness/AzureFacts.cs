using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Readiness;

/// <summary>What Azure knows of a machine: itself, its disks, the locks on it.</summary>
internal sealed class AzureFacts
{
    private AzureFacts(Machine machine) => Machine = machine;

    public Machine Machine { get; }

    public JsonElement Properties => Machine.Item.Find("properties") ?? default;

    public JsonElement Storage => Properties.Find("storageProfile") ?? default;

    /// <summary>The managed disks that could be read, the operating system's first.</summary>
    public IReadOnlyList<JsonElement> Disk { get; private set; } = [];

    /// <summary>Why not all disks could be read; null when all were.</summary>
    public string? UnreadDisk { get; private set; }

    /// <summary>The locks of the subscription.</summary>
    public IReadOnlyList<JsonElement> Lock { get; private set; } = [];

    /// <summary>Why the locks could not be read; null when they were.</summary>
    public string? UnreadLock { get; private set; }

    /// <summary>The ids of everything whose lock would stop the work.</summary>
    public IEnumerable<string> TouchedId => Disk.Select(disk => disk.Text("id")).OfType<string>().Prepend(Machine.Id);

    /// <summary>Reads what the machine itself does not say. Who may read machines may not always read their disks and locks.</summary>
    public static async Task<AzureFacts> ReadAsync(Operation operation, Machine machine)
    {
        var facts = new AzureFacts(machine);
        facts.UnreadDisk = await TryAsync(facts.ReadDisksAsync(operation)).ConfigureAwait(false);
        facts.UnreadLock = await TryAsync(facts.ReadLocksAsync(operation)).ConfigureAwait(false);
        return facts;
    }

    private async Task ReadDisksAsync(Operation operation)
    {
        IEnumerable<string?> ids = Machine.VM.DataDisk.Select(disk => disk.SourceId).Prepend(Machine.VM.OSDisk?.SourceId);
        var disks = new List<JsonElement>();
        foreach (ResourceId id in ids.Select(ResourceId.TryParse).OfType<ResourceId>())
        {
            disks.Add((await operation.Arm.GetAsync(id.Text, ArmApiVersions.Disks, operation.CancellationToken).ConfigureAwait(false)).Body);
            Disk = [.. disks];
        }
    }

    // Asked of the subscription: what is asked of a machine does not tell of the locks above it.
    private async Task ReadLocksAsync(Operation operation)
    {
        var locks = new List<JsonElement>();
        string path = $"/subscriptions/{ResourceId.TryParse(Machine.Id)!.SubscriptionId}/providers/Microsoft.Authorization/locks";
        await operation.Arm.ListAsync(path, ArmApiVersions.Locks, item =>
        {
            locks.Add(item.Clone());
            return Task.CompletedTask;
        }, operation.CancellationToken).ConfigureAwait(false);
        Lock = locks;
    }

    private static async Task<string?> TryAsync(Task reading)
    {
        try
        {
            await reading.ConfigureAwait(false);
            return null;
        }
        catch (ArmOperationException exception) when (exception.Status is 403 or 404)
        {
            return exception.Message;
        }
    }
}
