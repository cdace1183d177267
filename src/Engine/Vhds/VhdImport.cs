using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>Makes an image of files: disks of them, the image of the disks, and the disks are removed.</summary>
internal static class VhdImport
{
    /// <returns>The image.</returns>
    public static async Task<CustomImage?> RunAsync(Operation operation, ImagePlan plan, RunOptions run)
    {
        CustomImage? image = await ImageCreation.CreateAsync(operation, plan, run, UploadAsync).ConfigureAwait(false);
        foreach (VhdUpload upload in plan.Upload)
            await ResourceRemoval.RemoveIfThereAsync(operation, upload.DiskId.Text).ConfigureAwait(false);
        return image;

        async Task UploadAsync()
        {
            foreach (VhdUpload upload in plan.Upload)
                await new VhdUploading(operation, upload).RunAsync().ConfigureAwait(false);
        }
    }
}
