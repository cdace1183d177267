namespace ImageCmdlets.Sandbox.Compute;

/// <summary>Api versions of the four services behind Microsoft.Compute, newest first.</summary>
internal static class ComputeApiVersions
{
    /// <summary>VMs, scale sets, availability sets, images, marketplace.</summary>
    public static IReadOnlyList<string> Compute { get; } =
    [
        "2025-04-01", "2024-11-01", "2024-07-01", "2024-03-01", "2023-09-01", "2023-07-01", "2023-03-01", "2022-11-01",
        "2022-08-01", "2022-03-01", "2021-11-01", "2021-07-01", "2021-04-01", "2021-03-01", "2020-12-01", "2020-06-01",
        "2019-12-01", "2019-07-01", "2019-03-01", "2018-10-01", "2018-06-01", "2018-04-01", "2017-12-01", "2017-03-30",
        "2016-08-30", "2016-04-30-preview", "2016-03-30", "2015-06-15", "2015-05-01-preview",
    ];

    /// <summary>Disks, snapshots, disk encryption sets, disk accesses.</summary>
    public static IReadOnlyList<string> Disks { get; } =
    [
        "2025-01-02", "2024-03-02", "2023-10-02", "2023-04-02", "2023-01-02", "2022-07-02", "2022-03-02", "2021-12-01",
        "2021-08-01", "2021-04-01", "2020-12-01", "2020-09-30", "2020-06-30", "2020-05-01", "2019-11-01", "2019-07-01",
        "2019-03-01", "2018-09-30", "2018-06-01", "2018-04-01", "2017-03-30", "2016-04-30-preview",
    ];

    /// <summary>Galleries and what is in them.</summary>
    public static IReadOnlyList<string> Galleries { get; } =
    [
        "2024-03-03", "2023-07-03", "2022-08-03", "2022-03-03", "2022-01-03", "2021-10-01", "2021-07-01", "2020-09-30",
        "2019-12-01", "2019-07-01", "2019-03-01", "2018-06-01",
    ];

    /// <summary>Sizes and their restrictions.</summary>
    public static IReadOnlyList<string> Skus { get; } = ["2021-07-01", "2019-04-01", "2017-09-01"];
}
