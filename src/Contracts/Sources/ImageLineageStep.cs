namespace ImageCmdlets;

/// <summary>One thing on the way from an image back to where it came from.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its ARM id, its URN, or the address of its VHD.</param>
public sealed record ImageLineageStep(ImageSourceKind Kind, string Id)
{
    /// <summary>The last part of it; of an image version the definition goes before.</summary>
    public string Name => ResourceId.TryParse(Id) is { } id ? (id.ParentName is null ? id.Name : $"{id.ParentName} {id.Name}") : Id.Substring(Id.LastIndexOf('/') + 1);

    /// <summary>The region; null where nobody knows, as of what is gone.</summary>
    public string? Location { get; init; }

    /// <summary>When it was made or published; null where nobody knows.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Whether it is still there; null where that was not or could not be looked at, as of images of the marketplace and VHDs.</summary>
    public bool? Exists { get; init; }

    /// <summary>Why it is not known from the thing itself what it was made of: the chain ends here, or goes on by what tags say. Null where nothing is amiss.</summary>
    public string? Reason { get; init; }

    public override string ToString() => $"{Kind} {Name}";
}
