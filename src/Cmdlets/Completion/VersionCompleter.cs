using System.Collections;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Proposes the versions of the image definition already typed.</summary>
public sealed class VersionCompleter : CachedCompleter
{
    private protected override string? Question(ImageSession session, string commandName, IDictionary fakeBoundParameters) =>
        DefinitionNameCompleter.GalleryOf(session, fakeBoundParameters) is { } gallery && fakeBoundParameters["DefinitionName"] is string definition
            ? GalleryIds.Definition(gallery, definition).Text + "/versions"
            : null;
}
