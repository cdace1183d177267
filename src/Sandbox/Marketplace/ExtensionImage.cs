namespace ImageCmdlets.Sandbox.Marketplace;

/// <summary>A type of machine extension that a publisher offers.</summary>
/// <param name="Publisher">Name of the publisher.</param>
/// <param name="Type">Name of the type.</param>
/// <param name="OperatingSystem"><c>Windows</c> or <c>Linux</c>.</param>
/// <param name="Versions">Its versions, the oldest first.</param>
internal sealed record ExtensionImage(string Publisher, string Type, string OperatingSystem, params string[] Versions)
{
    /// <summary>
    /// What is offered. The types and the version of Microsoft.Compute are recorded (azps ImageTests.TestImage); the others
    /// are named in Microsoft's pages on extensions.
    /// </summary>
    public static IReadOnlyList<ExtensionImage> All { get; } =
    [
        new("Microsoft.Azure.Extensions", "CustomScript", "Linux", "2.0.7", "2.1.6", "2.1.10"),
        new("Microsoft.Compute", "BGInfo", "Windows", "2.1"),
        new("Microsoft.Compute", "CustomScriptExtension", "Windows", "1.9.5", "1.10.15"),
        new("Microsoft.Compute", "JsonADDomainExtension", "Windows", "1.3.9"),
        new("Microsoft.Compute", "VMAccessAgent", "Windows", "2.4.7"),
        new("Microsoft.OSTCExtensions", "VMAccessForLinux", "Linux", "1.4.7.1", "1.5.10"),
    ];
}
