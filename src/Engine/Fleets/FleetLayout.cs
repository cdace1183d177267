using System.Globalization;

namespace ImageCmdlets.Engine.Fleets;

/// <summary>Gives every machine of a fleet its name and its place.</summary>
internal static class FleetLayout
{
    /// <summary>The name of the machine with a number, from one.</summary>
    public static string NameOf(string prefix, int number) => prefix + number.ToString("000", CultureInfo.InvariantCulture);

    /// <summary>The machines, in the order of their numbers.</summary>
    /// <param name="prefix">What their names begin with.</param>
    /// <param name="count">How many there are to be.</param>
    /// <param name="places">The regions, the first of which get one machine more where the shares are not equal.</param>
    /// <param name="begun">What is there already of machines, by their names: they stay where they are.</param>
    /// <returns>Each machine. Those that are to be made go where the fewest are, so that a fleet that grows, or that was broken off, is as even as one
    /// that was made at once.</returns>
    public static IReadOnlyList<FleetMember> Of(string prefix, int count, IReadOnlyList<FleetPlace> places, IReadOnlyDictionary<string, FleetMember> begun)
    {
        var members = new FleetMember?[count];
        var inRegion = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var inZone = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < count; i++)
        {
            if (!begun.TryGetValue(NameOf(prefix, i + 1), out FleetMember? member))
                continue;

            members[i] = member;
            Increase(inRegion, member.Location);
            if (!IsWithoutZone(member, places))
                Increase(inZone, Key(member.Location, member.Zone));
        }

        for (int i = 0; i < count; i++)
        {
            FleetMember? member = members[i];
            if (member is not null && !IsWithoutZone(member, places))
                continue;

            FleetPlace place = member is null ? Emptiest(places, candidate => Number(inRegion, candidate.Location)) : PlaceOf(member, places)!;
            string? zone = place.Zones.Count == 0 ? null : Emptiest(place.Zones, candidate => Number(inZone, Key(place.Location, candidate)));
            members[i] = new FleetMember(NameOf(prefix, i + 1), place.Location, zone, IsThere: false);
            Increase(inZone, Key(place.Location, zone));
            if (member is null)
                Increase(inRegion, place.Location);
        }

        return [.. members.OfType<FleetMember>()];
    }

    // An interface was made for it, which is in no zone: the machine can still be in any.
    private static bool IsWithoutZone(FleetMember member, IReadOnlyList<FleetPlace> places) =>
        !member.IsThere && member.Zone is null && PlaceOf(member, places)?.Zones.Count > 0;

    private static FleetPlace? PlaceOf(FleetMember member, IReadOnlyList<FleetPlace> places) => places.FirstOrDefault(place => place.Location == member.Location);

    // The first of those that have the fewest.
    private static T Emptiest<T>(IReadOnlyList<T> candidates, Func<T, int> number) =>
        candidates.Aggregate((best, candidate) => number(candidate) < number(best) ? candidate : best);

    private static int Number(Dictionary<string, int> counts, string key) => counts.TryGetValue(key, out int number) ? number : 0;

    private static void Increase(Dictionary<string, int> counts, string key) => counts[key] = Number(counts, key) + 1;

    private static string Key(string location, string? zone) => $"{location}/{zone}";
}
