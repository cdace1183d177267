namespace ImageCmdlets;

/// <summary>Whose access is listed.</summary>
public sealed record GetAccessOptions
{
    /// <summary>A gallery, image definition, image version or managed image; for roles also the resource group or subscription around them.</summary>
    public required string Id { get; init; }

    /// <summary>Only this principal, subscription or tenant.</summary>
    public string? Principal { get; init; }

    /// <summary>Leave out what was given for something around it.</summary>
    public bool ExcludeInherited { get; init; }
}
