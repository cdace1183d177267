using System.Text.RegularExpressions;

namespace ImageCmdlets.Engine.Naming;

/// <summary>Azure's rules for names, checked before anything is changed.</summary>
/// <remarks>Source: "Naming rules and restrictions for Azure resources", and the rule that Azure itself quotes in its refusals
/// (<c>^[^_\W][\w-._]{0,79}(?&lt;![-.])$</c>). Azure gives them one by one, each after a round trip.</remarks>
public static class ResourceNames
{
    private static readonly Regex s_resource = new("^[A-Za-z0-9][A-Za-z0-9_.-]*(?<![-.])$", RegexOptions.CultureInvariant);
    private static readonly Regex s_gallery = new("^[A-Za-z0-9][A-Za-z0-9_.]*(?<![.])$", RegexOptions.CultureInvariant);
    private static readonly Regex s_group = new(@"^[\p{L}\p{N}_().-]*(?<!\.)$", RegexOptions.CultureInvariant);

    /// <summary>Refuses a name that Azure would refuse.</summary>
    /// <param name="resourceType">One of <see cref="ResourceTypes"/>.</param>
    /// <param name="name">The name that is to be given.</param>
    /// <exception cref="ImageCmdletsException">InvalidResourceName.</exception>
    public static void Require(string resourceType, string name)
    {
        if (Problem(resourceType, name) is { } problem)
            throw problem;
    }

    /// <summary>The refusal of a name, or null when it is a good one.</summary>
    public static ImageCmdletsException? Problem(string resourceType, string name) => resourceType switch
    {
        ResourceTypes.VirtualMachine => Check(name, "a virtual machine", 64),
        ResourceTypes.ScaleSet => Check(name, "a scale set", 64),
        ResourceTypes.Image => Check(name, "an image", 80),
        ResourceTypes.Snapshot => Check(name, "a snapshot", 80),
        ResourceTypes.Disk => Check(name, "a disk", 80),
        ResourceTypes.Gallery => GalleryProblem(name),
        ResourceTypes.GalleryImage => Check(name, "an image definition", 80),
        _ => Check(name, "a resource", 80),
    };

    /// <summary>The refusal of a resource group's name, or null when it is a good one.</summary>
    public static ImageCmdletsException? GroupProblem(string name) =>
        name.Length is > 0 and <= 90 && s_group.IsMatch(name) ? null : new ImageCmdletsException(ErrorIds.InvalidResourceName,
            $"'{name}' cannot be the name of a resource group: 1 to 90 letters, digits, '_', '-', '.', '(' or ')', not ending in '.'.", name);

    // Unlike all other names of Compute it has no dashes.
    private static ImageCmdletsException? GalleryProblem(string name) =>
        name.Length <= 80 && s_gallery.IsMatch(name) ? null : new ImageCmdletsException(ErrorIds.InvalidResourceName,
            $"'{name}' cannot be the name of a gallery: 1 to 80 letters, digits, '_' or '.', no '-', beginning with a letter or digit, not ending in '.'.", name);

    private static ImageCmdletsException? Check(string name, string what, int longest) =>
        name.Length <= longest && s_resource.IsMatch(name) ? null : new ImageCmdletsException(ErrorIds.InvalidResourceName,
            $"'{name}' cannot be the name of {what}: 1 to {longest} letters, digits, '_', '-' or '.', beginning with a letter or digit, not ending in '-' or '.'.",
            name);
}
