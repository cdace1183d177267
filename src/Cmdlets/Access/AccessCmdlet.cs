using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>The base of what gives access to images and takes it away: for what, and for whom.</summary>
public abstract class AccessCmdlet : LongRunningCmdlet
{
    /// <summary>The object ids of users, groups or applications.</summary>
    [Parameter(ParameterSetName = ParameterSets.ById)]
    [ValidateNotNullOrEmpty]
    public Guid[] PrincipalId { get; set; } = [];

    /// <summary>Subscriptions with which the gallery is shared: everybody there can deploy its images.</summary>
    [Parameter(ParameterSetName = ParameterSets.ById)]
    [ValidateNotNullOrEmpty]
    public Guid[] SharedSubscriptionId { get; set; } = [];

    /// <summary>Tenants with which the gallery is shared: everybody there can deploy its images.</summary>
    [Parameter(ParameterSetName = ParameterSets.ById)]
    [ValidateNotNullOrEmpty]
    public Guid[] SharedTenantId { get; set; } = [];

    /// <summary>Do not ask; safety checks stay.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Whether somebody is named.</summary>
    private protected bool NamesSomebody => PrincipalId.Length + SharedSubscriptionId.Length + SharedTenantId.Length > 0;

    private protected static string[] Texts(Guid[] ids) => [.. ids.Select(id => id.ToString("D")).Distinct()];

    /// <summary>Whom it is about, for the question before.</summary>
    private protected string Whom() => string.Join(", ",
    [
        .. Texts(PrincipalId),
        .. SharedSubscriptionId.Select(id => $"subscription {id:D}"),
        .. SharedTenantId.Select(id => $"tenant {id:D}"),
    ]);

    private protected static string Describe(string id) =>
        ImageCmdlets.ResourceId.TryParse(id) is { } parsed ? parsed.ParentName is null ? parsed.Name : $"{parsed.Name} of {parsed.ParentName}" : id;
}
