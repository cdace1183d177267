namespace ImageCmdlets.Sandbox.Tests.Locks;

public sealed class LockTests : IDisposable
{
    private const string Version = "2016-09-01";
    private const string NetworkVersion = "2022-07-01";
    private const string Network =
        """{"location":"westus","properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]}}}""";

    private readonly SandboxClient _client = new();
    private readonly string _group;
    private readonly string _network;

    public LockTests()
    {
        _group = _client.Group("rg", "westus");
        _network = $"{_group}/providers/Microsoft.Network/virtualNetworks/vnet";
        _client.Finish(_client.Put(_network, NetworkVersion, Network).ShouldBe(201));
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public void A_lock_is_made_read_listed_and_deleted()
    {
        string id = Lock(_group);
        Answer made = _client.Put(id, Version, Level("cannotdelete", "keep")).ShouldBe(201);
        Assert.Equal(
            $$$"""{"properties":{"level":"CanNotDelete","notes":"keep"},"id":"{{{id}}}","type":"Microsoft.Authorization/locks","name":"keep"}""",
            made.Text);
        _client.Put(id, Version, Level("ReadOnly")).ShouldBe(200);
        Assert.Equal("ReadOnly", (string?)_client.Get(id, Version).ShouldBe(200).Json["properties"]!["level"]);
        _client.Put(Lock(_network), Version, Level("ReadOnly")).ShouldBe(201);
        Assert.Equal(2, List(_group));
        Assert.Equal(1, List(_network));
        Assert.Equal(2, List(_client.Subscription));
        _client.Delete(id, Version).ShouldBe(200);
        _client.Delete(id, Version).ShouldBe(204);
        _client.Refused("GET", id, Version, null, 404, "LockNotFound");
    }

    [Fact]
    public void A_delete_lock_refuses_deletions_at_its_scope_below_and_above_it()
    {
        _client.Put(Lock(_network), Version, Level("CanNotDelete")).ShouldBe(201);
        Answer refused = _client.Refused("DELETE", _network, NetworkVersion, null, 409, "ScopeLocked");
        Assert.Equal(
            $"The scope '{_network}' cannot perform delete operation because following scope(s) are locked: '{_network}'. " +
            "Please remove the lock and try again.",
            refused.Message);
        Assert.Equal("gateway", refused.Header("x-ms-failure-cause"));
        _client.Refused("DELETE", _group, SandboxClient.ResourcesVersion, null, 409, "ScopeLocked");
        _client.Put(_network, NetworkVersion, Network).ShouldBe(200);
        _client.Delete(Lock(_network), Version).ShouldBe(200);
        _client.Put(Lock(_group), Version, Level("CanNotDelete")).ShouldBe(201);
        refused = _client.Refused("DELETE", _network, NetworkVersion, null, 409, "ScopeLocked");
        Assert.Contains($"are locked: '{_group}'.", refused.Message, StringComparison.Ordinal);
        _client.Delete(Lock(_group), Version).ShouldBe(200);
        _client.Delete(_network, NetworkVersion).ShouldBe(202);
    }

    [Fact]
    public void A_read_only_lock_refuses_every_write()
    {
        _client.Put(Lock(_group), Version, Level("ReadOnly")).ShouldBe(201);
        Answer refused = _client.Refused("PUT", _network, NetworkVersion, Network, 409, "ScopeLocked");
        Assert.Contains("cannot perform write operation", refused.Message, StringComparison.Ordinal);
        _client.Refused("PATCH", _network, NetworkVersion, """{"tags":{}}""", 409, "ScopeLocked");
        _client.Refused("DELETE", _network, NetworkVersion, null, 409, "ScopeLocked");
        _client.Get(_network, NetworkVersion).ShouldBe(200);
    }

    [Fact]
    public void A_lock_needs_a_level_and_something_to_lock()
    {
        _client.Refused("PUT", Lock(_group), Version, Level("Sometimes"), 400, "InvalidRequestContent");
        _client.Refused("PUT", Lock($"{_network}x"), Version, Level("ReadOnly"), 404, "ResourceNotFound");
    }

    private int List(string scope) => _client.Get($"{scope}/providers/Microsoft.Authorization/locks", Version)
        .ShouldBe(200).Json["value"]!.AsArray().Count;

    private static string Lock(string scope) => $"{scope}/providers/Microsoft.Authorization/locks/keep";

    private static string Level(string level, string? notes = null) => notes is null
        ? $$$"""{"properties":{"level":"{{{level}}}"}}"""
        : $$$"""{"properties":{"level":"{{{level}}}","notes":"{{{notes}}}"}}""";
}
