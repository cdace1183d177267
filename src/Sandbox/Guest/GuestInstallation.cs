using ImageCmdlets.Sandbox.Guest.Linux;
using ImageCmdlets.Sandbox.Guest.Windows;
using ImageCmdlets.Sandbox.Marketplace;

namespace ImageCmdlets.Sandbox.Guest;

/// <summary>What is on a disk before anybody has used it.</summary>
internal static class GuestInstallation
{
    /// <summary>The OS disk of a marketplace image.</summary>
    public static GuestDisk Of(MarketplaceImage image)
    {
        if (image.Offer.OperatingSystem != "Windows")
        {
            return LinuxSetup.Install(image.Sku.OsName, image.Sku.OsVersion);
        }

        // Versions of Windows images are build numbers: 20348.3207.250210 is 10.0.20348.3207.
        string[] parts = image.Version.Split('.');
        bool isBuild = parts.Length == 3 && parts[0].Length == 5;
        return WindowsSetup.Install(image.Sku.OsName, isBuild ? $"10.0.{parts[0]}.{parts[1]}" : image.Sku.OsVersion);
    }

    /// <summary>
    /// A disk of which nothing is known, such as an uploaded blob: taken for a clean, generalized installation.
    /// </summary>
    /// <param name="osType"><c>Windows</c> or <c>Linux</c>.</param>
    public static GuestDisk Unknown(string? osType) => osType == "Windows"
        ? WindowsSetup.Install("Windows Server 2022 Datacenter", "10.0.20348.3207")
        : LinuxSetup.Install("ubuntu", "22.04");
}
