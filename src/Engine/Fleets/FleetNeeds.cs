namespace ImageCmdlets.Engine.Fleets;

/// <summary>What is still to be made of a fleet in one region; an earlier run may have made addresses and interfaces of machines that are not there yet.</summary>
/// <param name="Machines">How many machines.</param>
/// <param name="PublicAddresses">How many public addresses.</param>
/// <param name="Interfaces">How many network interfaces.</param>
internal sealed record FleetNeeds(int Machines, int PublicAddresses, int Interfaces);
