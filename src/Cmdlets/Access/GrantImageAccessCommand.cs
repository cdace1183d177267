using System.Management.Automation;
using ImageCmdlets.Engine.Access;

namespace ImageCmdlets.Commands;

/// <summary>Gives access to images: a role to somebody, a whole gallery to subscriptions, tenants or everybody.</summary>
[Cmdlet(VerbsSecurity.Grant, "ImageAccess", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true)]
[OutputType(typeof(ImageAccess), typeof(ImageOperation))]
public sealed class GrantImageAccessCommand : AccessCmdlet
{
    private readonly List<GrantAccessOptions> _items = [];

    /// <summary>The full ARM id of a gallery, image definition, image version or managed image; for roles also of any other resource, resource group or subscription. Ids pipe in as text, and objects by theirs.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.ById, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string[] ResourceId { get; set; } = [];

    /// <summary>The role: its name, or the id of its definition.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RoleCompleter))]
    [ValidateNotNullOrEmpty]
    public string Role { get; set; } = "Reader";

    /// <summary>What the principal is. Given, one that was just made is not looked up, which Azure may not know everywhere yet.</summary>
    [Parameter]
    [ValidateSet("User", "Group", "ServicePrincipal", "ForeignGroup", "Device")]
    public string? PrincipalType { get; set; }

    /// <summary>Share the gallery with everybody in Azure, under a public name.</summary>
    [Parameter]
    public SwitchParameter Community { get; set; }

    /// <summary>With -Community: the publisher's web page.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? PublisherUri { get; set; }

    /// <summary>With -Community: the publisher's mail address or web page.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PublisherContact { get; set; }

    /// <summary>With -Community: the web page of the licence.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Eula { get; set; }

    /// <summary>With -Community: how the public name begins, 5 to 16 letters and digits.</summary>
    [Parameter]
    [ValidatePattern("^[A-Za-z0-9]{5,16}$")]
    public string? PublicNamePrefix { get; set; }

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems()
    {
        CommunityPublisher publisher = Publisher();
        bool isAboutRole = IsBound(nameof(Role)) || PrincipalType is not null;
        return
        [
            NamesSomebody || Community ? null : new ImageCmdletsException(ErrorIds.InvalidArgument, "Nobody is named who is to have access.", null,
                "Pass -PrincipalId, -SharedSubscriptionId, -SharedTenantId or -Community."),
            isAboutRole && PrincipalId.Length == 0 ? new ImageCmdletsException(ErrorIds.InvalidArgument, "A role is for somebody who is named.", Role, "Pass -PrincipalId with -Role.") : null,
            !publisher.IsEmpty && !Community ? new ImageCmdletsException(ErrorIds.InvalidArgument, "A publisher is told of with community galleries only.", null, "Pass -Community, or leave the publisher out.") : null,
            Community && SharedSubscriptionId.Length + SharedTenantId.Length > 0
                ? new ImageCmdletsException(ErrorIds.InvalidArgument, "A gallery is shared with named subscriptions and tenants, or with everybody.", nameof(Community), "Leave -Community out, or pass it alone.")
                : null,
        ];
    }

    protected override void ProcessRecord()
    {
        RequireSession();
        foreach (string id in ResourceId)
        {
            bool isAgreed = Community
                ? ApproveDestruction(Describe(id), "Share the gallery with everybody in Azure", Force)
                : Approve(Describe(id), $"Give access to {Whom()}", Force);
            if (isAgreed)
                _items.Add(Options(id));
        }
    }

    protected override void EndProcessing()
    {
        if (_items.Count == 0)
            return;

        ImageSession session = RequireSession();
        RunOptions run = RunOptions;
        GrantAccessOptions[] items = [.. _items];
        RunOrStartJob((sink, token) => AccessService.GrantAsync(session, items, run, sink, token));
    }

    private GrantAccessOptions Options(string id) => new()
    {
        Id = id,
        PrincipalId = Texts(PrincipalId),
        PrincipalType = PrincipalType,
        Role = Role,
        SharedSubscriptionId = Texts(SharedSubscriptionId),
        SharedTenantId = Texts(SharedTenantId),
        Community = Community ? Publisher() : null,
    };

    private CommunityPublisher Publisher() => new() { Uri = PublisherUri?.OriginalString, Contact = PublisherContact, Eula = Eula, NamePrefix = PublicNamePrefix };
}
