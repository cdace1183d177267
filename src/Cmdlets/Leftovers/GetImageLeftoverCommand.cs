using System.Management.Automation;
using ImageCmdlets.Engine.Leftovers;

namespace ImageCmdlets.Commands;

/// <summary>Gets what this module, az image copy, Packer and Image Builder have left behind, each by its own marks.</summary>
[Cmdlet(VerbsCommon.Get, "ImageLeftover")]
[OutputType(typeof(ImageLeftover))]
public sealed class GetImageLeftoverCommand : ImageCmdlet
{
    /// <summary>Only what these have left; without it, all of them.</summary>
    [Parameter(Position = 0)]
    public LeftoverMaker[]? Maker { get; set; }

    /// <summary>Only what is in this resource group, or in those that fit the pattern, or is one of them.</summary>
    [Parameter]
    [Alias("g")]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? ResourceGroupName { get; set; }

    /// <summary>Only what is at least so old, besides being left over.</summary>
    [Parameter]
    public TimeSpan? OlderThan { get; set; }

    /// <summary>Also what interrupted operations of this module have, which their commands could go on with.</summary>
    [Parameter]
    public SwitchParameter IncludeInterrupted { get; set; }

    protected override void EndProcessing()
    {
        ImageSession session = RequireSession();
        var query = new ImageLeftoverQuery
        {
            SubscriptionId = SubscriptionId,
            Maker = Maker ?? [],
            ResourceGroupName = ResourceGroupName,
            OlderThan = OlderThan,
            IncludeInterrupted = IncludeInterrupted,
        };
        Run((sink, token) => LeftoverService.GetAsync(session, query, sink, token));
    }
}
