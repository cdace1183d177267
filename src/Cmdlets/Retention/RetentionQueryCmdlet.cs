using System.Collections;
using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>The base of what asks which versions of images stay and which can go: whose, and by which rules.</summary>
public abstract class RetentionQueryCmdlet : GalleryQueryCmdlet
{
    /// <summary>The image definition, or a pattern with wildcards; without it all.</summary>
    [Parameter(Position = 2, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("n", "DefinitionName")]
    [ArgumentCompleter(typeof(DefinitionNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>How many of the newest versions by number stay, of those that were made well and are not excluded from latest.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int KeepLast { get; set; } = 3;

    /// <summary>Versions published less than so many days ago stay.</summary>
    [Parameter]
    [ValidateRange(1, 36_500)]
    public int KeepDays { get; set; }

    /// <summary>Versions with any of these tags stay; an empty value stands for any.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? KeepTag { get; set; }

    /// <summary>Versions stay until their end of life, where they have one.</summary>
    [Parameter]
    public SwitchParameter KeepUntilEndOfLife { get; set; }

    /// <summary>Do not look who uses the versions: machines and scale sets keep none then.</summary>
    [Parameter]
    public SwitchParameter IgnoreUsage { get; set; }

    private protected override IEnumerable<GalleryQuery> ByNames(GalleryQuery around) =>
        Name is null ? [around] : Name.Select(name => around with { DefinitionName = name });

    /// <summary>The rules as they were given.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument: a tag that Azure would refuse.</exception>
    private protected GetImageRetentionOptions Rule() => new()
    {
        KeepLast = KeepLast,
        KeepDays = KeepDays == 0 ? null : KeepDays,
        KeepTag = TagTable.Read(KeepTag) ?? new Dictionary<string, string>(),
        KeepUntilEndOfLife = KeepUntilEndOfLife,
        IgnoreUsage = IgnoreUsage,
    };
}
