namespace ImageCmdlets.Sandbox.Networks;

/// <summary>Names of the provider and of its types.</summary>
internal static class NetworkTypes
{
    public const string Namespace = "Microsoft.Network";
    public const string VirtualNetworks = "Microsoft.Network/virtualNetworks";
    public const string Subnets = "Microsoft.Network/virtualNetworks/subnets";
    public const string PublicIPAddresses = "Microsoft.Network/publicIPAddresses";
    public const string SecurityGroups = "Microsoft.Network/networkSecurityGroups";
    public const string SecurityRules = "Microsoft.Network/networkSecurityGroups/securityRules";
    public const string Interfaces = "Microsoft.Network/networkInterfaces";
}
