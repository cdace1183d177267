namespace ImageCmdlets;

/// <summary>What a test of an image came to. Pipes on by the image's id, into Set-ImageVersion for one.</summary>
/// <param name="id">The full ARM id of the image or image version that was tested.</param>
public sealed class ImageTestResult(string id) : ArmResource(id)
{
    /// <summary>The image in short: its name, or gallery/definition/version.</summary>
    public string Image { get; } = ImageCmdlets.ResourceId.TryParse(id) is { } parsed && parsed.Text.Split('/') is { Length: 13 } parts
        ? $"{parts[8]}/{parts[10]}/{parts[12]}" : ImageCmdlets.ResourceId.TryParse(id)?.Name ?? id;

    /// <summary><c>Passed</c> where no check failed.</summary>
    public ImageTestState State => Check.Any(check => check.State == ImageTestState.Failed) ? ImageTestState.Failed : ImageTestState.Passed;

    /// <summary>Every check, in the order in which they were made.</summary>
    public IReadOnlyList<ImageTestCheck> Check { get; init => field = value.ToArray(); } = [];

    /// <summary>The temporary resource group, where it was kept; null: it is gone.</summary>
    public string? KeptResourceGroupName { get; init; }

    /// <summary>From the beginning until everything was removed.</summary>
    public TimeSpan Elapsed { get; init; }
}
