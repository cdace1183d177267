using System.Text;
using ImageCmdlets.Sandbox.Identity;

namespace ImageCmdlets.Sandbox.Tests.Identity;

/// <summary>Ids of names that come and go for long: never the same twice, and no more memory for it.</summary>
public sealed class SeededIdsTests
{
    [Fact]
    public void A_purpose_that_was_forgotten_gets_other_ids_than_before()
    {
        var ids = new SeededIds(1);
        var seen = new HashSet<string> { ids.NextGuid("a"), ids.NextGuid("a"), ids.NextGuid("b") };
        CountOthers(ids, SeededIds.MostCounters);
        Assert.True(seen.Add(ids.NextGuid("b")));
        Assert.True(seen.Add(ids.NextGuid("a")));
        Assert.True(seen.Add(ids.NextGuid("a")));
    }

    [Fact]
    public void No_more_purposes_are_kept_than_are_counted_at_a_time()
    {
        var ids = new SeededIds(1);
        CountOthers(ids, SeededIds.MostCounters * 2);
        // One more says how far was counted.
        Assert.Equal(SeededIds.MostCounters + 1, ids.Keys.Count());
    }

    [Fact]
    public void Whoever_is_restored_forgets_the_same_purposes_in_the_same_order()
    {
        var first = new SeededIds(1);
        CountOthers(first, SeededIds.MostCounters + 10);
        var second = new SeededIds(1);
        foreach (string key in first.Keys.Reverse()) second.Restore(key, Encoding.UTF8.GetBytes(first.Record(key)!.ToJsonString()));
        CountOthers(first, 5, "more");
        CountOthers(second, 5, "more");
        Assert.Equal(first.Keys.Order(), second.Keys.Order());
        Assert.Equal(first.NextGuid("other9"), second.NextGuid("other9"));
        Assert.Equal(first.NextGuid("other20"), second.NextGuid("other20"));
        Assert.Equal(first.NextName("new", 12), second.NextName("new", 12));
    }

    [Fact]
    public void Casing_makes_no_other_purpose()
    {
        var ids = new SeededIds(1);
        var upper = new SeededIds(1);
        Assert.Equal(ids.NextGuid("disk|/A"), upper.NextGuid("DISK|/a"));
        Assert.NotEqual(ids.NextGuid("disk|/a"), new SeededIds(1).NextGuid("disk|/a"));
    }

    private static void CountOthers(SeededIds ids, int number, string name = "other")
    {
        for (int i = 0; i < number; i++) ids.NextGuid($"{name}{i}");
    }
}
