namespace ImageCmdlets;

/// <summary>By what somebody has access to images.</summary>
public enum ImageAccessKind
{
    /// <summary>A role assignment: a user, group, application or managed identity.</summary>
    Role,

    /// <summary>A gallery shared with everybody in a subscription.</summary>
    Subscription,

    /// <summary>A gallery shared with everybody in a tenant.</summary>
    Tenant,

    /// <summary>A gallery shared with everybody in Azure.</summary>
    Community,
}
