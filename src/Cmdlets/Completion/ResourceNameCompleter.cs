using System.Collections;

namespace ImageCmdlets.Commands;

/// <summary>Proposes names of the resources that the command works on, in the resource group already typed.</summary>
public sealed class ResourceNameCompleter : CachedCompleter
{
    private static readonly Dictionary<string, string> s_typeOfNoun = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CustomImage"] = ResourceTypes.Image,
        ["ImageVM"] = ResourceTypes.VirtualMachine,
        ["ImageScaleSet"] = ResourceTypes.ScaleSet,
        ["Generalize"] = ResourceTypes.VirtualMachine,
        ["ImageSnapshot"] = ResourceTypes.Snapshot,
        ["ImageDisk"] = ResourceTypes.Disk,
        ["ImageGallery"] = ResourceTypes.Gallery,
    };

    private protected override string? Question(ImageSession session, string commandName, IDictionary fakeBoundParameters)
    {
        string noun = commandName.Substring(commandName.IndexOf('-') + 1);
        if (!s_typeOfNoun.TryGetValue(noun, out string? type))
            return null;

        string scope = "/subscriptions/" + (fakeBoundParameters["SubscriptionId"] as string ?? session.SubscriptionId);
        if (fakeBoundParameters["ResourceGroupName"] is string group)
            scope += "/resourceGroups/" + group;
        return $"{scope}/providers/{type}";
    }
}
