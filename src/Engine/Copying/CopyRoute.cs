using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Copying;

/// <summary>The way that the disks of an image take: what is made once for all regions, and what arrives in each.</summary>
internal abstract class CopyRoute
{
    /// <summary>Its name in results.</summary>
    public abstract ImageCopyMethod Method { get; }

    /// <summary>The type of what arrives, and of which the copy is made.</summary>
    public abstract string PartType { get; }

    /// <summary>Whether what arrives is named by the time at which the image was made, not by what its disks held.</summary>
    public virtual bool IsNamedByCreation => false;

    /// <summary>Whether what arrives can only have come this way. A finished copy goes on naming what it was made of.</summary>
    public abstract bool Brought(ResourceId part);

    /// <summary>The step in the name of what arrives of a disk.</summary>
    public virtual string StepOf(string diskStep) => diskStep;

    /// <summary>Whether what arrives goes on arriving after the operation that began it has ended.</summary>
    public abstract bool ArrivesLater { get; }

    /// <summary>What all regions come from; what of it is gone can be made once more.</summary>
    public abstract IReadOnlyList<ResourceId> SharedBy(CopySource source);

    /// <summary>Makes what was removed while a region was on its way.</summary>
    public abstract Task RepairAsync(Operation operation, CopySource source, CopyRegion region);

    /// <summary>Begins what is to arrive of one disk.</summary>
    public abstract Task<ArmAnswer> BeginPartAsync(CopyTemporaries temporaries, CopySource source, CopyRegion region, CopyDisk disk, ResourceId id);
}
