using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Images;

/// <summary>Makes one image, or finds that it has been made.</summary>
internal static class ImageCreation
{
    /// <param name="operation">The running command.</param>
    /// <param name="plan">The image.</param>
    /// <param name="run">Whether it is waited for.</param>
    /// <param name="prepare">Brings the disks that it is made of; where the image is there already they are not needed.</param>
    /// <returns>The image; null where it is not waited for.</returns>
    public static async Task<CustomImage?> CreateAsync(Operation operation, ImagePlan plan, RunOptions run, Func<Task>? prepare = null)
    {
        DateTimeOffset begin = operation.Clock.UtcNow;
        using var progress = new StepProgress(operation, plan.Id.Text, $"Making image {plan.Id.Name}");
        progress.Begin("Asking for it", 10);
        ArmAnswer? found = await FindAsync(operation, plan).ConfigureAwait(false);
        if (found is null && prepare is not null)
            await prepare().ConfigureAwait(false);
        ArmAnswer begun = found ?? await ImageWriter.BeginAsync(operation, plan.Id, plan.Content).ConfigureAwait(false);
        if (run.NoWait)
        {
            await StartedOperation.WriteAsync(operation, plan.Id, "New", begin, begun).ConfigureAwait(false);
            return null;
        }

        progress.Begin("Copying the disks", 30);
        await operation.Poller.WaitAsync(begun, plan.Id.Text, progress.Waiting, operation.CancellationToken).ConfigureAwait(false);
        return await ImageService.ReadAsync(operation, plan.Id.Text).ConfigureAwait(false);
    }

    // An image of the same disks is what an earlier run made or began; null: there is none, or its making failed.
    private static async Task<ArmAnswer?> FindAsync(Operation operation, ImagePlan plan)
    {
        ArmAnswer? found = await operation.Arm.FindAsync(plan.Id.Text, ArmApiVersions.Compute, operation.CancellationToken).ConfigureAwait(false);
        if (found is null)
            return null;

        CustomImage existing = ImageMapper.Map(found.Body);
        if (!plan.Fits(existing))
        {
            throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists,
                $"The resource group '{plan.Id.ResourceGroupName}' has an image '{plan.Id.Name}' already, made from another source.", plan.Id.Text,
                "Pass another -Name, or remove that image first with Remove-CustomImage.");
        }

        if (existing.ProvisioningState == "Succeeded")
            operation.Warning($"The image '{plan.Id.Name}' of these disks is there already and is given as it is. Remove it first if the disks have changed since.");
        return existing.ProvisioningState == "Failed" ? null : found;
    }
}
