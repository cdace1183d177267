using ImageCmdlets.Engine.Fleets;

namespace ImageCmdlets.Engine.Tests.Fleets;

public sealed class FleetLayoutTests
{
    private static readonly FleetPlace[] s_places = [new("westeurope", ["1", "2", "3"]), new("eastus", ["1", "2"]), new("japanwest", [])];

    [Fact]
    public void MachinesAreNumberedAndSpreadEvenly()
    {
        IReadOnlyList<FleetMember> members = FleetLayout.Of("web", 8, s_places, new Dictionary<string, FleetMember>());

        Assert.Equal(
            ["web001 westeurope 1", "web002 eastus 1", "web003 japanwest ", "web004 westeurope 2", "web005 eastus 2", "web006 japanwest ", "web007 westeurope 3", "web008 eastus 1"],
            members.Select(member => $"{member.Name} {member.Location} {member.Zone}"));
    }

    [Fact]
    public void WhatIsThereStaysAndTheRestGoesWhereTheFewestAre()
    {
        var begun = new Dictionary<string, FleetMember>(StringComparer.OrdinalIgnoreCase)
        {
            ["web002"] = new("web002", "westeurope", "3", IsThere: true),
            ["web003"] = new("web003", "westeurope", "3", IsThere: false),
        };

        IReadOnlyList<FleetMember> members = FleetLayout.Of("web", 6, s_places, begun);

        Assert.Equal(["eastus 1", "westeurope 3", "westeurope 3", "japanwest ", "eastus 2", "japanwest "], members.Select(member => $"{member.Location} {member.Zone}"));
        Assert.Equal([false, true, false, false, false, false], members.Select(member => member.IsThere));
    }

    [Fact]
    public void AMachineOfWhichOnlyTheInterfaceIsThereGetsAZone()
    {
        var begun = new Dictionary<string, FleetMember>(StringComparer.OrdinalIgnoreCase)
        {
            ["web001"] = new("web001", "westeurope", null, IsThere: false),
            ["web002"] = new("web002", "westeurope", null, IsThere: true),
        };

        IReadOnlyList<FleetMember> members = FleetLayout.Of("web", 3, s_places, begun);

        Assert.Equal(["westeurope 1", "westeurope ", "eastus 1"], members.Select(member => $"{member.Location} {member.Zone}"));
    }

    [Fact]
    public void NamesKeepTheirFormHoweverManyThereAre()
    {
        Assert.Equal("web007", FleetLayout.NameOf("web", 7));
        Assert.Equal("web1000", FleetLayout.NameOf("web", 1000));
    }

    // Whatever was begun, in whatever order, no region has two machines more than another, unless they were there.
    [Fact]
    public void ABrokenOffFleetIsAsEvenAsAWholeOne()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            int count = random.Next(1, 60);
            FleetPlace[] places = [.. s_places.OrderBy(_ => random.Next()).Take(random.Next(1, 4))];
            IReadOnlyList<FleetMember> whole = FleetLayout.Of("web", count, places, new Dictionary<string, FleetMember>());
            var begun = whole.Where(_ => random.Next(2) == 0).ToDictionary(member => member.Name, StringComparer.OrdinalIgnoreCase);

            IReadOnlyList<FleetMember> again = FleetLayout.Of("web", count, places, begun);

            Assert.Equal(whole.Select(member => member.Name), again.Select(member => member.Name));
            Assert.All(begun.Values, member => Assert.Contains(member, again));
            int[] shares = [.. places.Select(place => again.Count(member => member.Location == place.Location))];
            Assert.Equal(count, shares.Sum());
            Assert.True(shares.Max() - shares.Min() <= 1, $"{seed}: {string.Join(" ", shares)}");
        }
    }
}
