using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Cloning;
using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tracking;

/// <summary>Finds the clones of Invoke-Generalize -PreserveSource, with all that was made for them.</summary>
internal sealed class CloneTracking(Operation operation, ResourceSurvey survey)
{
    // The name of the clone is in the name of all that is made for it.
    private static readonly Regex s_name = new("^.*-clone-[0-9]{14}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    public async Task<IReadOnlyList<TrackedOperation>> FindAsync()
    {
        var found = new List<TrackedOperation>();
        foreach (IGrouping<string, SeenResource> clone in survey.MadeBy(MachineClone.MadeBy).Where(part => part.Step == MachineClone.Step && s_name.IsMatch(part.Id.Name))
            .GroupBy(part => $"{part.Id.ResourceGroupName}/{s_name.Match(part.Id.Name).Value}", StringComparer.OrdinalIgnoreCase))
        {
            found.Add(await OfCloneAsync([.. clone]).ConfigureAwait(false));
        }

        return found;
    }

    private async Task<TrackedOperation> OfCloneAsync(SeenResource[] made)
    {
        ResourceId id = ResourceId.Of(made[0].Id.SubscriptionId, made[0].Id.ResourceGroupName!, ResourceTypes.VirtualMachine, s_name.Match(made[0].Id.Name).Value);
        SeenResource[] commands = [.. survey.Of(ResourceTypes.RunCommand).Where(command => command.MadeBy is not null && id.Equals(GuestTracking.MachineOf(command)))];
        SeenResource[] parts = [.. made, .. commands];
        Machine? machine = Array.Exists(made, part => part.Id.Equals(id)) && await VMReader.FindAsync(operation, id.Text).ConfigureAwait(false) is { } item ? new Machine(item) : null;
        SeenResource? image = survey.Of(ResourceTypes.Image).FirstOrDefault(other => other.Failure is null && id.Equals(ResourceId.TryParse(other.Body.Text("properties", "sourceVirtualMachine", "id"))));
        var found = new TrackedOperation(id, MachineClone.MadeBy, ImageOperationKind.Clone)
        {
            State = TrackedOperation.Interrupted,
            SourceId = made[0].SourceText,
            Location = made[0].Location,
            Start = TrackedOperation.StartOf(parts),
            Parts = parts,

            // Run commands go with the machine; of one that does not run Azure takes nothing off.
            Temporaries = made,
            Command = CommandText.Of(MachineClone.MadeBy, ("ResourceId", made[0].SourceText), ("PreserveSource", null)),
        };
        if (image is not null)
            return WithImage(found, image);
        if (machine?.IsGeneralized == true)
            return Generalized(found);

        return await UnfinishedAsync(found, machine, commands).ConfigureAwait(false);
    }

    private static TrackedOperation WithImage(TrackedOperation found, SeenResource image) => image.IsUnderWay
        ? found with
        {
            State = TrackedOperation.InProgress,
            Detail = $"The image '{image.Id.Name}' is being made of it.",
            StopRefusal = $"The image '{image.Id.Name}' is being made of the clone, and Azure cannot cancel that.",
            Command = null,
        }
        : found with { State = TrackedOperation.Succeeded, EndReason = $"The image '{image.Id.Name}' is made of the clone, which can never be started.", Command = null };

    private static TrackedOperation Generalized(TrackedOperation found) => found with
    {
        State = TrackedOperation.Succeeded,
        Temporaries = [],
        Detail = "The clone is generalized and waits for its image.",
        Command = CommandText.Of("New-CustomImage", ("Source", found.Id.Text)),
        StopRefusal = $"'{found.Id.Name}' is generalized and finished: New-CustomImage makes the image and removes it, Remove-ImageVM removes it without.",
    };

    private async Task<TrackedOperation> UnfinishedAsync(TrackedOperation found, Machine? machine, SeenResource[] commands)
    {
        bool isAtWork = machine is { IsSettled: false } || found.Parts.Any(part => part.IsUnderWay && !part.IsGoing);
        foreach (SeenResource command in machine?.IsRunning == true ? commands : [])
            isAtWork |= await GuestTracking.ReadAsync(operation, command).ConfigureAwait(false) is { IsAtWork: true };

        // Its removal begins with the machine and the OS disk's snapshot: without both, nobody can go on with the rest.
        bool isBeyondHelp = machine is null && !found.Parts.Any(part => part.Id.Is(ResourceTypes.Snapshot) && SnapshotTags.Lun(part.Tag) is null && !part.IsGoing);
        if (isBeyondHelp)
            return found with { EndReason = "The clone and the snapshot of its OS disk are gone: no command can go on with the rest.", Command = null };

        return found with
        {
            State = isAtWork ? TrackedOperation.InProgress : TrackedOperation.Interrupted,
            Detail = machine is null ? "The clone is being made." : "The clone is there and not generalized.",
        };
    }
}
