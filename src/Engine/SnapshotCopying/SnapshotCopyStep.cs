using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.SnapshotCopying;

/// <summary>The steps of one copy: to begin it, to look at it, to end it.</summary>
/// <remarks>Source: <c>Snapshots_CreateOrUpdate</c> with <c>CopyStart</c>, which succeeds within seconds; <c>Snapshots_Get</c>, of which
/// <c>completionPercent</c> alone says how much has arrived.</remarks>
internal sealed class SnapshotCopyStep(Operation operation, SnapshotCopy copy)
{
    private const int MostFailedLooks = 8;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    /// <summary>Asks Azure for the copy, or takes over what is on its way. Where another copy of the disk has to end first, it is asked
    /// for again later.</summary>
    public async Task BeginAsync()
    {
        copy.Begin ??= operation.Clock.UtcNow;
        try
        {
            await BeginOrJoinAsync().ConfigureAwait(false);
            copy.IsTravelling = true;
            copy.NextLook = operation.Clock.UtcNow;
        }
        catch (ImageCmdletsException exception) when (SnapshotTravel.IsBehindAnother(exception))
        {
            operation.Verbose($"'{copy.Id.Name}' waits for its turn: {exception.Message}");
            copy.NextLook = operation.Clock.UtcNow + s_longest;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            copy.Failure = ArmFailure.Of(exception, copy.Id.Text);
        }
    }

    /// <summary>Looks how far it is.</summary>
    public async Task LookAsync()
    {
        try
        {
            copy.Percent = (await SnapshotCompletion.ReadOnceAsync(operation, [copy.Id]).ConfigureAwait(false))[0];
            copy.FailedLooks = 0;
        }
        catch (ImageCmdletsException exception) when (ArmPoller.MayPass(exception) && ++copy.FailedLooks < MostFailedLooks)
        {
            operation.Verbose($"Could not look, trying again: {exception.Message}");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            copy.Failure = ArmFailure.Of(exception, copy.Id.Text);
        }

        copy.NextLook = operation.Clock.UtcNow + Watch.Pause(operation.Clock.UtcNow - copy.Begin!.Value, copy.Percent, s_longest);
    }

    /// <summary>Ends what has arrived or failed, and gives its result.</summary>
    public async Task EndAsync()
    {
        copy.HasEnded = true;
        if (copy.Failure is { } failure)
        {
            await RemoveHalfAsync().ConfigureAwait(false);
            await operation.ErrorAsync(failure).ConfigureAwait(false);
            await operation.WriteAsync(copy.Result("Failed", operation.Clock.UtcNow)).ConfigureAwait(false);
            return;
        }

        if (copy.Existing is null || SnapshotMark.IsOn(copy.Existing.Tag, SnapshotCopyService.OperationName))
            await SnapshotMark.RemoveAsync(operation, copy.Id, SnapshotCopyService.OperationName).ConfigureAwait(false);
        await operation.WriteAsync(copy.Result("Succeeded", operation.Clock.UtcNow)).ConfigureAwait(false);
    }

    private async Task BeginOrJoinAsync()
    {
        if (copy.Existing is { IsUsable: true })
            return;

        // What failed cannot go on; the planner has seen that it is this command's own.
        if (copy.Existing is not null)
            await ResourceRemoval.RemoveIfThereAsync(operation, copy.Id.Text).ConfigureAwait(false);
        copy.Existing = null;
        ArmAnswer begun = await SnapshotTravel.BeginAsync(operation, copy.Id, waits: false,
            () => SnapshotWriter.BeginAsync(operation, copy.Id, copy.Content()), IsSame).ConfigureAwait(false);
        await operation.Poller.WaitAsync(begun, copy.Id.Text, null, operation.CancellationToken).ConfigureAwait(false);
    }

    private bool IsSame(DiskFacts found) => found.SourceUniqueId is not null && found.SourceUniqueId == copy.Source.UniqueId;

    // Nobody can use what failed. What is still on its way stays: the same command goes on with it.
    private async Task RemoveHalfAsync()
    {
        try
        {
            DiskFacts? left = await DiskReader.FindAsync(operation, copy.Id).ConfigureAwait(false);
            if (left is { IsUsable: false } && SnapshotMark.IsOn(left.Tag, SnapshotCopyService.OperationName))
                await ResourceRemoval.RemoveIfThereAsync(operation, copy.Id.Text).ConfigureAwait(false);
            else if (left is not null && SnapshotMark.IsOn(left.Tag, SnapshotCopyService.OperationName))
                operation.Warning($"The copy '{copy.Id.Name}' has been begun and is left: the same command goes on with it.");
        }
        catch (ImageCmdletsException exception)
        {
            operation.Warning($"Nothing tells whether anything of the copy '{copy.Id.Text}' is left: {exception.Message} Run the same command again.");
        }
    }
}
