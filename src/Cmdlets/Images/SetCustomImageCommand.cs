using System.Collections;
using System.Management.Automation;
using ImageCmdlets.Engine.Images;

namespace ImageCmdlets.Commands;

/// <summary>Changes the tags of managed images, the only thing of them that Azure lets anyone change.</summary>
[Cmdlet(VerbsCommon.Set, "CustomImage", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true)]
[OutputType(typeof(CustomImage), typeof(ImageOperation))]
public sealed class SetCustomImageCommand : TargetCmdlet<CustomImage>
{
    /// <summary>The tags as they are to be; all others go. An empty table takes all away.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <summary>Tags to add or overwrite; the others stay.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? AddTag { get; set; }

    /// <summary>Names of tags to take away; the others stay.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RemoveTag { get; set; } = [];

    private protected override string TargetType => ResourceTypes.Image;

    private protected override string ActionName => "Change tags of image";

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        SetImageOptions[] items;
        try
        {
            if (Tag is null && AddTag is null && RemoveTag.Length == 0)
                throw new ImageCmdletsException(ErrorIds.InvalidArgument, "There is nothing to change.", ids[0], "Pass -Tag, -AddTag or -RemoveTag.");

            IReadOnlyDictionary<string, string>? tag = TagTable.Read(Tag);
            IReadOnlyDictionary<string, string>? addTag = TagTable.Read(AddTag);
            items = [.. ids.Select(id => new SetImageOptions { Id = id, Tag = tag, AddTag = addTag, RemoveTag = RemoveTag })];
        }
        catch (ImageCmdletsException exception)
        {
            Report(exception);
            return;
        }

        RunOrStartJob((sink, token) => ImageService.SetAsync(session, items, run, sink, token));
    }
}
