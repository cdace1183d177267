using System.Collections.Concurrent;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.Disks;

/// <summary>Disks and snapshots that a workflow makes on its way: takes over what another run began, and removes what nobody needs.</summary>
/// <param name="operation">The running command.</param>
/// <param name="isOurs">Whether something is of this very workflow: nothing else is ever taken over or removed, whatever its name.</param>
/// <param name="waits">Whether a copy waits until another of the same disk to the same region has ended; false: it is refused.</param>
/// <param name="begun">What this run began, where another part of it has to know; null: nobody.</param>
internal sealed class DiskTemporaries(Operation operation, Func<DiskFacts, bool> isOurs, bool waits = false, ConcurrentDictionary<ResourceId, bool>? begun = null)
{
    private readonly ConcurrentDictionary<ResourceId, bool> _begun = begun ?? new();

    /// <summary>The error for something else under a temporary's name.</summary>
    public static ImageCmdletsException InTheWay(ResourceId id) => new(ErrorIds.ResourceAlreadyExists,
        $"'{id.Name}' in the resource group '{id.ResourceGroupName}' is in the way of a temporary, and this command did not make it.", id.Text);

    /// <summary>Whether this run began it.</summary>
    public bool HasBegun(ResourceId id) => _begun.ContainsKey(id);

    /// <summary>Begins one, or finds the one that another run has begun; what is there and useless is made anew.</summary>
    /// <param name="branch">The branch that makes it.</param>
    /// <param name="id">The disk or snapshot.</param>
    /// <param name="write">Asks Azure for it.</param>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists: the name is taken by something else.</exception>
    public async Task<ArmAnswer> BeginAsync(Operation branch, ResourceId id, Func<Task<ArmAnswer>> write)
    {
        if (await FindAsync(branch, id).ConfigureAwait(false) is { } there)
            return there;

        return await SnapshotTravel.BeginAsync(branch, id, waits, async () =>
        {
            ArmAnswer answer = await write().ConfigureAwait(false);
            _begun[id] = true;
            return answer;
        }, isOurs).ConfigureAwait(false);
    }

    /// <summary>What is there and usable; null: nothing, or what was of no use and is removed.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists: the name is taken by something else.</exception>
    public async Task<ArmAnswer?> FindAsync(Operation branch, ResourceId id)
    {
        ArmAnswer? there = await branch.Arm.FindAsync(id.Text, ArmApiVersions.Disks, branch.CancellationToken).ConfigureAwait(false);
        if (there is null)
            return null;

        DiskFacts found = DiskFacts.Read(id, there.Body);
        if (!isOurs(found))
            throw InTheWay(id);

        if (found.IsUsable)
            return there;

        branch.Verbose($"An earlier run left '{id.Name}' unusable; it is made anew.");
        await ResourceRemoval.RemoveIfThereAsync(branch, id.Text).ConfigureAwait(false);
        return null;
    }

    /// <summary>Removes what this run began and nobody took over since.</summary>
    public Task RemoveOwnAsync() => RemoveAsync([.. _begun.Keys], onlyOwn: true);

    /// <summary>Removes what is there, or only what this run began and what nobody can use. What cannot be removed is said in a warning.</summary>
    public Task RemoveAsync(IReadOnlyList<ResourceId> ids, bool onlyOwn) => operation.ForEachAsync(ids, async (id, branch) =>
    {
        try
        {
            DiskFacts? found = await DiskReader.FindAsync(branch, id).ConfigureAwait(false);
            if (found is null || !isOurs(found))
                return;

            if (onlyOwn && found.IsUsable && !HasBegun(id))
                branch.Warning($"'{id.Name}' is left: another run of this command began it and may need it. Where none runs, the same command goes on with it.");
            else
                await ResourceRemoval.RemoveIfThereAsync(branch, id.Text).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            branch.Warning($"'{id.Text}' is left behind, because it could not be removed: {exception.Message}");
        }
    });
}
