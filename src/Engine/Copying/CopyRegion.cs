using System.Collections.Concurrent;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Copying;

/// <summary>One copy of one image: where it goes, and what was found there.</summary>
internal sealed class CopyRegion(ImageCopyTarget target, ResourceId id, Region region)
{
    public ImageCopyTarget Target => target;

    /// <summary>The image to make.</summary>
    public ResourceId Id => id;

    public Region Region => region;

    /// <summary>The session that makes the copy, where it is another than the one that reads the source.</summary>
    public EngineSession? There { get; init; }

    /// <summary>The temporaries that this run began.</summary>
    public ConcurrentDictionary<ResourceId, bool> Begun { get; } = new();

    /// <summary>How many bytes the storage service has brought in this run; null: nothing came that way.</summary>
    public long? BytesTransferred { get; set; }

    /// <summary>A branch at work at the copy's place.</summary>
    public Operation At(Operation operation) => There is null ? operation : operation.With(There);

    /// <summary>What is copied; set once it has been read.</summary>
    public CopySource? Source { get; set; }

    /// <summary>The copy that an earlier run made or began.</summary>
    public CustomImage? Existing { get; set; }

    /// <summary>When the way to it began; null: not before its own part of it.</summary>
    public DateTimeOffset? Begin { get; set; }

    /// <summary>How much of the image version has arrived, where the bytes come by one.</summary>
    public double PercentReplicated { get; set; }

    /// <summary>Whether the copy goes on after this run, or nobody knows: what it comes from stays.</summary>
    public bool GoesOn { get; set; }

    /// <summary>Why nothing can be copied here.</summary>
    public ImageCmdletsException? Failure { get; set; }

    /// <summary>Whether bytes have still to travel.</summary>
    public bool IsOpen => Failure is null && Source is { Failure: null } && !HasImage;

    /// <summary>Whether the copy is there or being made of what has arrived.</summary>
    public bool HasImage => Existing is not null && !IsFailed(Existing);

    /// <summary>Whether Azure was asked for the image, or by another run, and could not be asked what became of it.</summary>
    public bool IsUnknown { get; set; }

    /// <summary>Whether the making of an image failed: it is there and can be made again.</summary>
    public static bool IsFailed(CustomImage image) => string.Equals(image.ProvisioningState, "Failed", StringComparison.OrdinalIgnoreCase);
}
