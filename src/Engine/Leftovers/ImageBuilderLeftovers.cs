using ImageCmdlets.Engine.Tracking;

namespace ImageCmdlets.Engine.Leftovers;

/// <summary>What Azure Image Builder left: staging groups whose template is gone. As long as the template is there, its group belongs to it.</summary>
/// <remarks>Source: "Create an Azure Image Builder Bicep file or ARM JSON template" of Microsoft's documentation, on stagingResourceGroup; the
/// tags <c>createdBy</c>, <c>imageTemplateName</c> and <c>imageTemplateResourceGroupName</c> that the service puts on a group it makes.</remarks>
internal static class ImageBuilderLeftovers
{
    private const string Prefix = "IT_";
    private const string MakerTag = "createdBy";
    private const string MakerValue = "AzureVMImageBuilder";
    private const string TemplateTag = "imageTemplateName";
    private const string TemplateGroupTag = "imageTemplateResourceGroupName";

    public static async Task<IReadOnlyList<Leftover>> FindAsync(LeftoverScene scene)
    {
        var found = new List<Leftover>();
        foreach (SeenResource group in scene.Groups.Where(IsStagingGroup))
        {
            ResourceId template = ResourceId.Of(scene.Survey.SubscriptionId, group.Tag[TemplateGroupTag], ResourceTypes.ImageTemplate, group.Tag[TemplateTag]);
            if (!await IsGoneAsync(scene, template).ConfigureAwait(false))
                continue;

            string kit = "ImageBuilder " + group.Id.Name;
            string why = $"the template '{template.Name}' in '{template.ResourceGroupName}' is gone.";
            found.AddRange(scene.Survey.In(group.Id.Name).Where(IsMade).Select(resource => new Leftover(resource, LeftoverMaker.ImageBuilder, kit,
                $"It is in the staging group '{group.Id.Name}' with the marks of a build, and {why}") { InUse = Running(resource) }));
            found.Add(new Leftover(group, LeftoverMaker.ImageBuilder, kit, $"Its name and its tags {MakerTag}={MakerValue}, {TemplateTag}, {TemplateGroupTag} are those of a staging group, and {why}"));
        }

        return found;
    }

    private static bool IsStagingGroup(SeenResource group) => group.Id.Name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && HasMakerTag(group)
        && group.Tag.TryGetValue(TemplateTag, out string? template) && template.Length > 0 && group.Tag.TryGetValue(TemplateGroupTag, out string? name) && name.Length > 0;

    // Inside it runs Packer.
    private static bool IsMade(SeenResource resource) => HasMakerTag(resource) || PackerLeftovers.HasName(resource);

    private static bool HasMakerTag(SeenResource resource) =>
        resource.Tag.TryGetValue(MakerTag, out string? value) && string.Equals(value, MakerValue, StringComparison.OrdinalIgnoreCase);

    private static string? Running(SeenResource resource) => resource.IsUnderWay && !resource.IsGoing ? "Azure is still making or changing it." : null;

    // A subscription that has never registered the service has no templates either.
    private static async Task<bool> IsGoneAsync(LeftoverScene scene, ResourceId template)
    {
        try
        {
            return (await scene.Survey.LookAsync(template).ConfigureAwait(false)).IsGone;
        }
        catch (ArmOperationException exception) when (exception.ErrorId == ErrorIds.ProviderNotRegistered || exception.Code is "NoRegisteredProviderFound" or "InvalidResourceNamespace")
        {
            return true;
        }
        catch (ImageCmdletsException exception)
        {
            scene.Operation.Verbose($"Nothing tells whether the template '{template.Name}' is there: {exception.Message}");
            return false;
        }
    }
}
