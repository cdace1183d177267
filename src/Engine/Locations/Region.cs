namespace ImageCmdlets.Engine.Locations;

/// <summary>A region of Azure.</summary>
/// <param name="Name">The short name, such as <c>westeurope</c>.</param>
/// <param name="HasZones">Whether it has availability zones, which zone-resilient storage needs.</param>
internal sealed record Region(string Name, bool HasZones);
