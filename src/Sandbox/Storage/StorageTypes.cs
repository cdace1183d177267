namespace ImageCmdlets.Sandbox.Storage;

/// <summary>Names and versions of Microsoft.Storage.</summary>
internal static class StorageTypes
{
    public const string Namespace = "Microsoft.Storage";
    public const string Account = "Microsoft.Storage/storageAccounts";
    public const string Service = "Microsoft.Storage/storageAccounts/blobServices";
    public const string Container = "Microsoft.Storage/storageAccounts/blobServices/containers";

    /// <summary>Newest first, as the provider listed them in August 2024.</summary>
    public static IReadOnlyList<string> Versions { get; } =
    [
        "2024-01-01", "2023-05-01", "2023-04-01", "2023-01-01", "2022-09-01", "2022-05-01", "2021-09-01", "2021-08-01",
        "2021-06-01", "2021-05-01", "2021-04-01", "2021-02-01", "2021-01-01", "2020-08-01-preview", "2019-06-01", "2019-04-01",
        "2018-11-01", "2018-07-01", "2018-03-01-preview", "2018-02-01", "2017-10-01", "2017-06-01", "2016-12-01", "2016-05-01",
        "2016-01-01", "2015-06-15", "2015-05-01-preview",
    ];

    /// <summary>Id of a container.</summary>
    public static string ContainerId(string accountId, string name) => $"{accountId}/blobServices/default/containers/{name}";
}
