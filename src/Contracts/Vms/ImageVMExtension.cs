using System.Collections;

namespace ImageCmdlets;

/// <summary>An extension of virtual machines: a program that Azure's agent installs in the guest and runs there.</summary>
/// <remarks>PowerShell makes one of a table. Source: <c>VirtualMachineExtension</c>.</remarks>
public sealed class ImageVMExtension
{
    private string? _name;

    /// <summary>What the machine calls it; as <see cref="Type"/> unless it is set.</summary>
    public string Name
    {
        get => _name ?? Type;
        set => _name = value;
    }

    /// <summary>Whose it is, such as <c>Microsoft.Azure.Extensions</c>.</summary>
    public string Publisher { get; set; } = string.Empty;

    /// <summary>Which of the publisher's, such as <c>CustomScript</c>.</summary>
    public string Type { get; set; } = string.Empty;

    /// <summary>Its version, such as <c>2.1</c>.</summary>
    public string Version { get; set; } = string.Empty;

    /// <summary>Whether Azure takes the newest minor version when it installs the extension.</summary>
    public bool AutoUpgradeMinorVersion { get; set; } = true;

    /// <summary>Whether Azure renews the extension by itself later; only some extensions can be.</summary>
    public bool EnableAutomaticUpgrade { get; set; }

    /// <summary>What the extension is to do, by its publisher's rules. Everybody who may read the machine sees it.</summary>
    public IDictionary? Setting { get; set; }

    /// <summary>As <see cref="Setting"/>, but only the guest gets to know it.</summary>
    public ImageVMExtensionSecret? ProtectedSetting { get; set; }

    /// <summary>Which it is, and none of its settings.</summary>
    public override string ToString() => $"{Name} ({Publisher}/{Type} {Version})";
}
