using ImageCmdlets.Engine.Copying;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Vhds;

namespace ImageCmdlets.Engine.Tracking;

/// <summary>Stops operations: removes what they have made on their way, one thing after the other.</summary>
/// <remarks>Azure cancels nothing; what it copies breaks off when what it copies to is removed.</remarks>
internal sealed class OperationStopping(Operation operation)
{
    /// <summary>Stops those of a query, one after the other.</summary>
    public async Task RunAsync(ImageOperationQuery query)
    {
        // Somebody may have stopped or ended them since they were asked about.
        foreach (TrackedOperation found in await OperationFinder.FindAsync(operation, query, mustExist: false).ConfigureAwait(false))
        {
            if (found.StopRefusal is { } refusal)
                await operation.ErrorAsync(new ImageCmdletsException(ErrorIds.OperationNotAllowed, refusal, found.Id.Text, Advice(found))).ConfigureAwait(false);
            else
                await StopAsync(found).ConfigureAwait(false);
        }
    }

    private static string Advice(TrackedOperation found) => found.State == TrackedOperation.InProgress ? "Wait for its end with Wait-ImageOperation." : "Get-ImageOperation shows what there is of it, and the command to go on.";

    private async Task StopAsync(TrackedOperation found)
    {
        using var progress = new StepProgress(operation, found.Id.Text, $"Stopping {found.Kind} {found.Id.Name}");
        var left = new List<SeenResource>();
        SeenResource[] temporaries = [.. found.Temporaries.OrderBy(part => TemporaryRemoval.OrderOf(part.Id.ResourceType)).ThenBy(part => part.Id.Text, StringComparer.OrdinalIgnoreCase)];
        for (int i = 0; i < temporaries.Length; i++)
        {
            progress.Begin($"Removing {temporaries[i].Id.Name}", 100 * i / temporaries.Length);
            if (!await TryRemoveAsync(temporaries[i]).ConfigureAwait(false))
                left.Add(temporaries[i]);
        }

        if (found.Kind == ImageOperationKind.Export && !await TryRevokeAsync(found.Id).ConfigureAwait(false))
            return;

        await ReleaseAsync(found).ConfigureAwait(false);
        TrackedOperation stopped = found with
        {
            State = left.Count == 0 ? TrackedOperation.Stopped : TrackedOperation.Interrupted,
            Parts = [.. found.Parts.Except(temporaries), .. left],
            Temporaries = left,
            Detail = left.Count == 0 ? null : $"{left.Count} of {temporaries.Length} could not be removed.",
        };
        await operation.WriteAsync(stopped.ToContract(operation.Clock.UtcNow)).ConfigureAwait(false);
    }

    // The others go on with the gallery, and the last of them is not to wait for this one.
    private async Task ReleaseAsync(TrackedOperation found)
    {
        foreach (SeenResource gallery in found.Parts.Except(found.Temporaries).Where(part => part.Id.Is(ResourceTypes.Gallery)))
        {
            try
            {
                await ResourceTags.RemoveAsync(operation, gallery.Id.Text, [SharedGallery.ClaimOf(found.Id)]).ConfigureAwait(false);
            }
            catch (ImageCmdletsException exception)
            {
                await operation.ErrorAsync(exception).ConfigureAwait(false);
            }
        }
    }

    // The snapshot stays: only its access was for the operation.
    private async Task<bool> TryRevokeAsync(ResourceId snapshot)
    {
        try
        {
            await new DiskAccess(operation, snapshot, "Read", TimeSpan.Zero).RevokeAsync().ConfigureAwait(false);
            return true;
        }
        catch (ImageCmdletsException exception)
        {
            await operation.ErrorAsync(exception).ConfigureAwait(false);
            return false;
        }
    }

    private async Task<bool> TryRemoveAsync(SeenResource part)
    {
        try
        {
            await TemporaryRemoval.RemoveAsync(operation, part.Id, now => RequireSame(part, now)).ConfigureAwait(false);
            return true;
        }
        catch (ImageCmdletsException exception)
        {
            await operation.ErrorAsync(exception).ConfigureAwait(false);
            return false;
        }
    }

    /// <summary>Whether it is what was found: something else may have its name by now, or may use it.</summary>
    /// <exception cref="ImageCmdletsException">ResourceInUse.</exception>
    private static void RequireSame(SeenResource before, SeenResource now)
    {
        if (now.MadeBy != before.MadeBy || now.SourceText != before.SourceText || now.Step != before.Step)
            throw new ImageCmdletsException(ErrorIds.ResourceInUse, $"'{now.Id.Name}' does not carry the tags of the operation any more, and stays.", now.Id.Text);
        if (now.ManagedBy is { } owner && before.ManagedBy is null)
            throw new ImageCmdletsException(ErrorIds.ResourceInUse, $"'{now.Id.Name}' was attached to '{ResourceId.TryParse(owner)?.Name}' meanwhile, and stays.", now.Id.Text);
    }
}
