namespace ImageCmdlets.Engine.Networks;

/// <summary>The subnet for a machine.</summary>
/// <param name="Id">The id of one that is there; null: a virtual network is to be made.</param>
internal sealed record SubnetChoice(string? Id);
