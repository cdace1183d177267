using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Lineage;

/// <summary>What is written of an origin onto images and versions as they are made.</summary>
internal static class LineageNotes
{
    /// <summary>Adds what a source was made of, and where that came from in turn.</summary>
    /// <remarks>It is a note and no condition: where the origin is gone or may not be read, less is written.</remarks>
    /// <param name="operation">The running command.</param>
    /// <param name="tags">The tags of what is about to be made.</param>
    /// <param name="source">The tags of the source: of a clone, or of a machine made of snapshots, only these know.</param>
    /// <param name="origin">What a machine or disk was made of; null where that is not known.</param>
    public static async Task WriteAsync(Operation operation, IDictionary<string, string> tags, IReadOnlyDictionary<string, string> source, string? origin)
    {
        LineageTags.Carry(source, tags);
        LineageTags.WriteOrigin(tags, origin);
        if (ResourceId.TryParse(origin) is not { } id || !LineageTags.IsImage(id))
            return;

        try
        {
            ArmAnswer? found = await operation.Arm.FindAsync(id.Text, ArmApiVersions.For(id.ResourceType!), operation.CancellationToken).ConfigureAwait(false);
            LineageTags.WriteUrn(tags, found is null ? null : LineageTags.Urn(found.Body.Map("tags")));
        }
        catch (ImageCmdletsException exception)
        {
            operation.Verbose($"Where '{id.Name}' came from could not be read: {exception.Message}");
        }
    }
}
