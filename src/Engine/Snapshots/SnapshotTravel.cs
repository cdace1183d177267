using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>The beginning of a copy between regions, of which Azure takes one of a disk at a time to each region.</summary>
/// <remarks>Documented in "Copy an incremental snapshot to a new region".</remarks>
internal static class SnapshotTravel
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(30);

    /// <summary>Whether Azure refused a copy because another one of the same disk is on its way to the region.</summary>
    public static bool IsBehindAnother(ImageCmdletsException exception) =>
        exception.ErrorId == ErrorIds.ResourceBusy && exception.Message.Contains("being copied to this region");

    /// <summary>Begins it; behind another one it waits for its turn.</summary>
    /// <remarks>A refused write need not have failed: another run may have been first, or the answer to our own was lost and its
    /// repetition met it. What is there tells.</remarks>
    /// <param name="operation">The running command.</param>
    /// <param name="id">What is to be made.</param>
    /// <param name="waits">False: what is behind another copy is refused.</param>
    /// <param name="write">Asks Azure.</param>
    /// <param name="isOurs">Whether something usable that is there is what was to be made.</param>
    public static async Task<ArmAnswer> BeginAsync(Operation operation, ResourceId id, bool waits, Func<Task<ArmAnswer>> write, Func<DiskFacts, bool> isOurs)
    {
        for (bool isTold = false; ; isTold = true)
        {
            try
            {
                return await write().ConfigureAwait(false);
            }
            catch (ImageCmdletsException exception)
            {
                if (await FindAsync(operation, id, isOurs).ConfigureAwait(false) is { } other)
                    return other;
                if (!waits || !IsBehindAnother(exception))
                    throw;
                if (!isTold)
                    operation.Warning($"'{id.Name}' begins when the copy of the same disk that goes to its region already has ended: {exception.Message}");
            }

            await operation.Clock.DelayAsync(s_pause, operation.CancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<ArmAnswer?> FindAsync(Operation operation, ResourceId id, Func<DiskFacts, bool> isOurs)
    {
        try
        {
            ArmAnswer? answer = await operation.Arm.FindAsync(id.Text, ArmApiVersions.Disks, operation.CancellationToken).ConfigureAwait(false);
            return answer is not null && DiskFacts.Read(id, answer.Body) is { IsUsable: true } found && isOurs(found) ? answer : null;
        }
        catch (ImageCmdletsException)
        {
            // The refusal of the write says more.
            return null;
        }
    }
}
