namespace ImageCmdlets;

/// <summary>What everybody in Azure is told of who publishes a community gallery. What is null stays as the gallery has it.</summary>
/// <remarks>Source: <c>CommunityGalleryInfo</c> of <c>Galleries_CreateOrUpdate</c>.</remarks>
public sealed record CommunityPublisher
{
    /// <summary>The publisher's web page.</summary>
    public string? Uri { get; init; }

    /// <summary>A mail address or web page.</summary>
    public string? Contact { get; init; }

    /// <summary>The web page of the licence.</summary>
    public string? Eula { get; init; }

    /// <summary>How the public name begins: 5 to 16 letters and digits.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>Whether anything is given.</summary>
    public bool IsEmpty => Uri is null && Contact is null && Eula is null && NamePrefix is null;

    /// <summary>Whether everything is given.</summary>
    public bool IsComplete => Uri is not null && Contact is not null && Eula is not null && NamePrefix is not null;
}
