using System.Collections;
using System.Management.Automation;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.ImageTests;

namespace ImageCmdlets.Commands;

/// <summary>Tests images and image versions: makes machines of each in a temporary resource group, looks whether they come up, differ and pass the user's
/// checks, and removes everything.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CustomImage", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true)]
[OutputType(typeof(ImageTestResult))]
public sealed class TestCustomImageCommand : TargetCmdlet<ArmResource>
{
    private IReadOnlyList<ImageScript> _scripts = [];

    /// <summary>The gallery, for an image version.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(GalleryNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? GalleryName { get; set; }

    /// <summary>The image definition, for an image version.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DefinitionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? DefinitionName { get; set; }

    /// <summary>The name of an image, or a pattern; with -GalleryName and -DefinitionName a version, such as 1.2.3.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("n", "Version")]
    [ArgumentCompleter(typeof(ImageNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Name { get; set; } = [];

    /// <summary>How many machines are made of each image; from two on their identities are compared.</summary>
    [Parameter]
    [ValidateRange(1, ImageTestService.MostMachines)]
    public int Count { get; set; } = 2;

    /// <summary>The region; without it that of the image, or the first one of an image version.</summary>
    [Parameter]
    [Alias("l")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Location { get; set; }

    /// <summary>The size; without it as New-ImageVM.</summary>
    [Parameter]
    [Alias("VMSize")]
    [ArgumentCompleter(typeof(VMSizeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Size { get; set; }

    /// <summary>Scripts, or paths of scripts, that are run on every machine: each must end with exit code 0.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Script { get; set; } = [];

    /// <summary>Checks by name: a script, the path of one, or a script block, run on every machine; each must end with exit code 0.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Check { get; set; }

    /// <summary>Leave the machines and their group, to look at them.</summary>
    [Parameter]
    public SwitchParameter Keep { get; set; }

    private protected override string TargetType => ResourceTypes.Image;

    private protected override string ActionName => $"Make {Count} temporary machine(s) of the image, and test them; remove first the group that an earlier run of this command left or kept";

    private protected override IReadOnlyList<string> GivenLocations => Location is null ? [] : [Location];

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems()
    {
        yield return ArgumentCheck.MustWait(NoWait);
        yield return ReadScripts();
        foreach (string same in ImageTestService.OwnChecks.Concat(_scripts.Select(script => script.Name)).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => same.Key))
            yield return new ImageCmdletsException(ErrorIds.InvalidArgument, $"Two checks are called '{same}'.", same, "Give it another name with -Check.");
    }

    private protected override bool IsTarget(ResourceId id) => id.Is(ResourceTypes.Image) || id.Is(ResourceTypes.GalleryImageVersion);

    private protected override IReadOnlyList<string> ResolveName(ImageSession session, string name)
    {
        if (GalleryName is null && DefinitionName is null)
            return base.ResolveName(session, name);
        if (GalleryName is not null && DefinitionName is not null && !NamePattern.HasWildcard(name))
            return [GalleryIds.Version(GalleryIds.Definition(GalleryIds.Gallery(SubscriptionId ?? session.SubscriptionId, ResourceGroupName, GalleryName), DefinitionName), name).Text];

        Report(ArgumentCheck.Wildcard(nameof(Name), name)
            ?? new ImageCmdletsException(ErrorIds.InvalidArgument, "An image version has a gallery and an image definition.", name, "Pass both -GalleryName and -DefinitionName, or neither."));
        return [];
    }

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        TestImageOptions[] images =
        [
            .. ids.Select(id => new TestImageOptions { Id = id, SubscriptionId = SubscriptionId, Count = Count, Location = Location, Size = Size, Script = _scripts, Keep = Keep }),
        ];
        RunOrStartJob((sink, token) => ImageTestService.TestAsync(session, images, run, sink, token));
    }

    private ImageCmdletsException? ReadScripts()
    {
        try
        {
            var reader = new ScriptReader(SessionState.Path);
            _scripts = [.. reader.Read(Script), .. Check is null ? [] : reader.Read(Check)];
            return null;
        }
        catch (ImageCmdletsException problem)
        {
            return problem;
        }
    }
}
