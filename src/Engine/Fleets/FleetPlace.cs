namespace ImageCmdlets.Engine.Fleets;

/// <summary>A region of a fleet, and its zones.</summary>
/// <param name="Location">The region's short name.</param>
/// <param name="Zones">The zones that get equal shares; none: no machine is in a zone.</param>
internal sealed record FleetPlace(string Location, IReadOnlyList<string> Zones);
