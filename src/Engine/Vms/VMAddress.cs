namespace ImageCmdlets.Engine.Vms;

/// <summary>The addresses of a machine's first network interface.</summary>
internal sealed record VMAddress(string? PrivateIPAddress, string? PublicIPAddress);
