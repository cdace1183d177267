namespace ImageCmdlets.Specification.Tests.Examples;

/// <summary>What must have been done to the machines of a scene before an example makes sense.</summary>
/// <param name="Example">How the name of the example begins.</param>
/// <param name="Actions">Actions on each machine of the scene, in order.</param>
internal sealed record Preparation(string Example, params string[] Actions)
{
    private static readonly Preparation[] s_all =
    [
        new("VirtualMachines_Generalize/", "powerOff"),
        new("VirtualMachines_Capture/", "deallocate", "generalize"),
        new("Images_CreateOrUpdate/Image_CreateFromAVM", "deallocate", "generalize"),
        new("GalleryImageVersions_CreateOrUpdate/GalleryImageVersion_Create_WithVmAsSource", "deallocate", "generalize"),
    ];

    /// <summary>The actions for an example; none for most.</summary>
    public static IReadOnlyList<string> For(string example) =>
        Array.Find(s_all, one => example.StartsWith(one.Example, StringComparison.Ordinal))?.Actions ?? [];
}
