namespace ImageCmdlets.Sandbox.Authorization;

/// <summary>Who calls, as error texts name them.</summary>
internal static class Principal
{
    public const string Client = "admin@sandbox.example";
    public const string ObjectId = "30000000-0000-4000-8000-000000000001";

    public const string PartnerClient = "admin@partner.example";

    /// <summary>The owner of the subscription in the other directory.</summary>
    public const string PartnerObjectId = "30000000-0000-4000-8000-000000000002";
}
