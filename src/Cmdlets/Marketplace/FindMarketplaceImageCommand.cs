using System.Management.Automation;
using ImageCmdlets.Engine.Marketplace;

namespace ImageCmdlets.Commands;

/// <summary>Finds marketplace images in a region, by wildcards on publisher, offer, SKU and version.</summary>
[Cmdlet(VerbsCommon.Find, "MarketplaceImage", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(MarketplaceImage))]
public sealed class FindMarketplaceImageCommand : ImageCmdlet
{
    private const string SetByUrn = "ByUrn";

    /// <summary>The publisher, or a pattern.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MarketplacePublisherCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string Publisher { get; set; } = "*";

    /// <summary>The offer, or a pattern.</summary>
    [Parameter(Position = 1, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MarketplaceOfferCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string Offer { get; set; } = "*";

    /// <summary>The SKU, or a pattern.</summary>
    [Parameter(Position = 2, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MarketplaceSkuCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string Sku { get; set; } = "*";

    /// <summary>The version: <c>latest</c>, an exact one, or a pattern that gives all that fit.</summary>
    [Parameter(Position = 3, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string Version { get; set; } = "latest";

    /// <summary>The URN instead of its parts.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SetByUrn, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string[] Urn { get; set; } = [];

    /// <summary>The region whose marketplace is searched.</summary>
    [Parameter(Mandatory = true)]
    [Alias("l")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string Location { get; set; } = string.Empty;

    /// <summary>Only images for this processor architecture.</summary>
    [Parameter]
    [ValidateSet("x64", "Arm64")]
    public string? Architecture { get; set; }

    /// <summary>Only images of this generation of virtual machines.</summary>
    [Parameter]
    [ValidateSet("V1", "V2")]
    public string? HyperVGeneration { get; set; }

    /// <summary>Only images with this operating system.</summary>
    [Parameter]
    [ValidateSet("Windows", "Linux")]
    public string? OSType { get; set; }

    protected override void ProcessRecord()
    {
        ImageSession session = RequireSession();
        if (ParameterSetName != SetByUrn)
        {
            Find(session, new ImageUrn(Publisher, Offer, Sku, Version));
            return;
        }

        foreach (string text in Urn)
        {
            try
            {
                Find(session, ImageUrn.Parse(text));
            }
            catch (ImageCmdletsException exception)
            {
                Report(exception);
            }
        }
    }

    private void Find(ImageSession session, ImageUrn urn)
    {
        var options = new FindMarketplaceImageOptions
        {
            SubscriptionId = SubscriptionId,
            Location = Location,
            Publisher = urn.Publisher,
            Offer = urn.Offer,
            Sku = urn.Sku,
            Version = urn.Version,
            Architecture = Architecture,
            HyperVGeneration = HyperVGeneration,
            OSType = OSType,
        };
        Run((sink, token) => MarketplaceService.FindAsync(session, options, sink, token));
    }
}
