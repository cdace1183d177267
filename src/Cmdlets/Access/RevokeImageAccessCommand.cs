using System.Management.Automation;
using ImageCmdlets.Engine.Access;

namespace ImageCmdlets.Commands;

/// <summary>Takes access to images away: a role of somebody, the sharing of a gallery.</summary>
[Cmdlet(VerbsSecurity.Revoke, "ImageAccess", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void), typeof(ImageOperation))]
public sealed class RevokeImageAccessCommand : AccessCmdlet
{
    private readonly List<RevokeAccessOptions> _items = [];
    private readonly List<ImageAccess> _access = [];

    // Not mandatory: of two sets whose parameters for the pipeline are, PowerShell takes the default one before it has seen an object.
    /// <summary>The full ARM id of a gallery, image definition, image version or managed image; for roles also of any other resource, resource group or subscription. Ids pipe in as text, and objects by theirs.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSets.ById, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string[] ResourceId { get; set; } = [];

    /// <summary>What Get-ImageAccess listed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.InputObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public ImageAccess? InputObject { get; set; }

    /// <summary>Only this role: its name, or the id of its definition. Without it all roles of the principals.</summary>
    [Parameter(ParameterSetName = ParameterSets.ById)]
    [ArgumentCompleter(typeof(RoleCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Role { get; set; }

    /// <summary>End all sharing of the gallery, with subscriptions, tenants and everybody; it is private then. Roles stay.</summary>
    [Parameter(ParameterSetName = ParameterSets.ById)]
    public SwitchParameter All { get; set; }

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        IsBound(nameof(ResourceId)) ? NobodyNamed() : null,
        Role is not null && PrincipalId.Length == 0 ? new ImageCmdletsException(ErrorIds.InvalidArgument, "A role is somebody's who is named.", Role, "Pass -PrincipalId with -Role.") : null,
    ];

    protected override void ProcessRecord()
    {
        RequireSession();
        if (InputObject is not null)
            Take(InputObject);
        else if (ResourceId.Length == 0)
            ThrowTerminatingError(ErrorRecords.Of(new ImageCmdletsException(ErrorIds.InvalidArgument, "Nothing is named to which access is to be taken away.", null, "Pass -ResourceId, or pipe in what Get-ImageAccess lists.")));
        if (ResourceId.Length > 0 && NobodyNamed() is { } problem)
            ThrowTerminatingError(ErrorRecords.Of(problem));
        foreach (string id in ResourceId)
        {
            if (Approve(Describe(id), All ? "End all sharing" : $"Take away access of {Whom()}", Force))
                _items.Add(Options(id));
        }
    }

    protected override void EndProcessing()
    {
        _items.AddRange(_access.GroupBy(access => access.TargetId, StringComparer.OrdinalIgnoreCase).Select(Options));
        if (_items.Count == 0)
            return;

        ImageSession session = RequireSession();
        RunOptions run = RunOptions;
        RevokeAccessOptions[] items = [.. _items];
        RunOrStartJob((sink, token) => AccessService.RevokeAsync(session, items, run, sink, token));
    }

    // What pipes in may be such objects as say it themselves.
    private ImageCmdletsException? NobodyNamed() => NamesSomebody || All ? null : new ImageCmdletsException(ErrorIds.InvalidArgument, "Nobody is named who is to lose access.", null,
        "Pass -PrincipalId, -SharedSubscriptionId, -SharedTenantId or -All, or pipe in what Get-ImageAccess lists.");

    // Somebody may need it for other things there.
    private void Take(ImageAccess access)
    {
        if (access.Inherited)
        {
            Report(new ImageCmdletsException(ErrorIds.OperationNotAllowed, $"The access of '{access.Principal}' was given for '{access.Scope}', which is more than '{access.TargetId}'.", access.TargetId,
                $"Take it away there: Get-ImageAccess '{access.Scope}' | Revoke-ImageAccess. Get-ImageAccess -ExcludeInherited leaves such access out."));
        }
        else if (Approve(Describe(access.TargetId), $"Take away access: {access}", Force))
        {
            _access.Add(access);
        }
    }

    private static RevokeAccessOptions Options(IGrouping<string, ImageAccess> access) => new()
    {
        Id = access.Key,
        AssignmentId = [.. access.Select(item => item.AssignmentId).OfType<string>()],
        SharedSubscriptionId = [.. access.Where(item => item.Kind == ImageAccessKind.Subscription).Select(item => item.Principal)],
        SharedTenantId = [.. access.Where(item => item.Kind == ImageAccessKind.Tenant).Select(item => item.Principal)],
        AllSharing = access.Any(item => item.Kind == ImageAccessKind.Community),
    };

    private RevokeAccessOptions Options(string id) => new()
    {
        Id = id,
        PrincipalId = Texts(PrincipalId),
        Role = Role,
        SharedSubscriptionId = Texts(SharedSubscriptionId),
        SharedTenantId = Texts(SharedTenantId),
        AllSharing = All,
    };
}
