using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>The base of the cmdlets for legal terms: those of plans, of images found in the marketplace, or of URNs.</summary>
public abstract class MarketplaceTermCmdlet : ImageCmdlet
{
    private protected const string SetByPlan = "ByPlan";
    private protected const string SetByUrn = "ByUrn";

    /// <summary>The purchase plan, also as text: <c>Publisher:Product:Name</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SetByPlan, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public PurchasePlan[] Plan { get; set; } = [];

    /// <summary>Images as Find-MarketplaceImage gives them. Those without a purchase plan have no terms and are passed over.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.InputObject, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public MarketplaceImage[] InputObject { get; set; } = [];

    /// <summary>The URN of an image, whose plan is looked up.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SetByUrn)]
    [ValidateNotNullOrEmpty]
    public string[] Urn { get; set; } = [];

    /// <summary>The region whose marketplace is asked for the image.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SetByUrn)]
    [Alias("l")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string Location { get; set; } = string.Empty;

    protected sealed override void ProcessRecord()
    {
        ImageSession session = RequireSession();
        MarketplaceTermOptions[] items = [.. Asked().Where(item => ApproveTerm(item.Plan?.ToString() ?? item.Urn!.ToString()))];
        if (items.Length > 0)
            Run((sink, token) => ExecuteAsync(session, items, sink, token));
    }

    /// <summary>Asks ShouldProcess, in a cmdlet that changes something.</summary>
    private protected virtual bool ApproveTerm(string plan) => true;

    /// <summary>Hands the terms meant to the engine.</summary>
    private protected abstract Task ExecuteAsync(ImageSession session, IReadOnlyList<MarketplaceTermOptions> items, IOperationSink sink, CancellationToken cancellationToken);

    private IEnumerable<MarketplaceTermOptions> Asked()
    {
        foreach (PurchasePlan plan in Plan.Concat(InputObject.Select(PlanOf).OfType<PurchasePlan>()))
            yield return new MarketplaceTermOptions { SubscriptionId = SubscriptionId, Plan = plan };
        foreach (string text in Urn)
        {
            if (TryParse(text) is { } urn)
                yield return new MarketplaceTermOptions { SubscriptionId = SubscriptionId, Urn = urn, Location = Location };
        }
    }

    private PurchasePlan? PlanOf(MarketplaceImage image)
    {
        if (image.Plan is null)
            WriteVerbose($"'{image.Urn}' has no purchase plan: there is nothing to accept.");
        return image.Plan;
    }

    private ImageUrn? TryParse(string text)
    {
        try
        {
            return ImageUrn.Parse(text);
        }
        catch (ImageCmdletsException exception)
        {
            Report(exception);
            return null;
        }
    }
}
