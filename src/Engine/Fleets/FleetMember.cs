namespace ImageCmdlets.Engine.Fleets;

/// <summary>A machine of a fleet, and where it is or is to be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Location">The region's short name.</param>
/// <param name="Zone">The zone; null: none.</param>
/// <param name="IsThere">Whether there is such a machine already.</param>
internal sealed record FleetMember(string Name, string Location, string? Zone, bool IsThere);
