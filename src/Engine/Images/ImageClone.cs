using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Cloning;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Images;

/// <summary>The clone that an image is made of: it was made for the image, and goes with the image's end, whichever that is.</summary>
/// <param name="Id">The clone.</param>
/// <param name="Source">The machine that it is a clone of.</param>
internal sealed record ImageClone(ResourceId Id, ResourceId Source)
{
    /// <summary>The clone of a plan; null where there is none, and where it is to stay: with -NoWait the image still needs it.</summary>
    public static ImageClone? Of(ImagePlan plan, RunOptions run) => Of(plan.CloneOf, plan.Content.VMId, plan.KeepsClone, run);

    /// <summary>The clone that something is made of; null as with <see cref="Of(ImagePlan, RunOptions)"/>.</summary>
    public static ImageClone? Of(ResourceId? cloned, string? vmId, bool keeps, RunOptions run) =>
        cloned is not null && !run.NoWait && !keeps && ResourceId.TryParse(vmId) is { } id ? new ImageClone(id, cloned) : null;

    /// <summary>Plans an image; where that fails for one of a clone, the clone goes.</summary>
    public static async Task<T> GuardAsync<T>(Operation operation, string source, bool keepsClone, RunOptions run, Func<Task<T>> plan)
    {
        try
        {
            return await plan().ConfigureAwait(false);
        }
        catch (ImageCmdletsException) when (!run.NoWait && !keepsClone)
        {
            if (await FindAsync(operation, source).ConfigureAwait(false) is { } clone)
                await clone.GiveUpAsync(operation).ConfigureAwait(false);
            throw;
        }
    }

    public Task RemoveAsync(Operation operation) => new CloneRemoval(operation, Source, Id.Name).RunAsync();

    /// <summary>Removes it, and says so: there is no image of it.</summary>
    public Task GiveUpAsync(Operation operation)
    {
        operation.Warning($"The clone '{Id.Name}' is removed all the same. Run Invoke-Generalize -PreserveSource again for another one.");
        return RemoveAsync(operation);
    }

    // One that is not generalized yet is still somebody's work.
    private static async Task<ImageClone?> FindAsync(Operation operation, string source)
    {
        if (ResourceId.TryParse(source) is not { } id || !id.Is(ResourceTypes.VirtualMachine))
            return null;

        try
        {
            return await VMReader.FindAsync(operation, id.Text).ConfigureAwait(false) is { } vm && VMMapper.OSState(vm) == "Generalized"
                && MachineClone.SourceOf(vm.Map("tags")) is { } cloned
                ? new ImageClone(id, cloned)
                : null;
        }
        catch (ImageCmdletsException exception)
        {
            operation.Verbose($"'{id.Name}' could not be looked at: {exception.Message}");
            return null;
        }
    }
}
