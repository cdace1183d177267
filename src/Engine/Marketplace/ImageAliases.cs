namespace ImageCmdlets.Engine.Marketplace;

/// <summary>The short names of common marketplace images that <c>az vm create --image</c> takes.</summary>
/// <remarks>Source: the table that is built into az (azure-cli, <c>command_modules/vm/_alias.py</c>) for when its document <c>aliases.json</c> cannot be had; the document itself is fetched
/// from elsewhere than Azure Resource Manager, so that it is not asked for. <c>Debian12</c>, <c>Ubuntu2404</c> and <c>SuseSles15SP5</c> are ours, in its manner.</remarks>
public static class ImageAliases
{
    private const string Windows = "MicrosoftWindowsServer:WindowsServer:";

    private static readonly Dictionary<string, string> s_urns = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AzureLinux4"] = "microsoftazurelinux:azurelinux-4:4:latest",
        ["AzureLinux4Arm64"] = "microsoftazurelinux:azurelinux-4:4-arm64:latest",
        ["AzureLinux4Gen1"] = "microsoftazurelinux:azurelinux-4:4-gen1:latest",
        ["CentOS85Gen2"] = "OpenLogic:CentOS:8_5-gen2:latest",
        ["Debian11"] = "Debian:debian-11:11-backports-gen2:latest",
        ["Debian12"] = "Debian:debian-12:12-gen2:latest",
        ["FlatcarLinuxFreeGen2"] = "kinvolk:flatcar-container-linux-free:stable-gen2:latest",
        ["OpenSuseLeap154Gen2"] = "SUSE:openSUSE-leap-15-4:gen2:latest",
        ["RHELRaw8LVMGen2"] = "RedHat:RHEL:8-lvm-gen2:latest",
        ["SuseSles15SP3"] = "SUSE:sles-15-sp3:gen2:latest",
        ["SuseSles15SP5"] = "SUSE:sles-15-sp5:gen2:latest",
        ["Ubuntu2204"] = "Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2:latest",
        ["Ubuntu2404"] = "Canonical:ubuntu-24_04-lts:server:latest",
        ["Win2022Datacenter"] = Windows + "2022-datacenter-g2:latest",
        ["Win2022AzureEditionCore"] = Windows + "2022-datacenter-azure-edition-core:latest",
        ["Win2019Datacenter"] = Windows + "2019-datacenter-gensecond:latest",
        ["Win2016Datacenter"] = Windows + "2016-datacenter-gensecond:latest",
        ["Win2012R2Datacenter"] = Windows + "2012-R2-Datacenter:latest",
        ["Win2012Datacenter"] = Windows + "2012-Datacenter:latest",
    };

    /// <summary>The aliases, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_urns.Keys.OrderBy(name => name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The URN of an alias; anything else is what it was.</summary>
    public static string UrnOf(string image) => s_urns.TryGetValue(image, out string? urn) ? urn : image;
}
