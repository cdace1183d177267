namespace ImageCmdlets.Sandbox.Tests.State;

public sealed class SandboxStateTests : IDisposable
{
    private const string Version = "2023-04-02";
    private const string Body = """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""";

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "state.json");

    public void Dispose()
    {
        if (Path.GetDirectoryName(_path) is { } folder && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_new_process_goes_on_where_the_last_one_was()
    {
        string disk, fingerprint, address;
        using (var first = new SandboxClient(new SandboxOptions { StatePath = _path }))
        {
            disk = $"{first.Group()}/providers/Microsoft.Compute/disks/d1";
            first.Advance(3600);
            address = first.Put(disk, Version, Body).ShouldBe(202).Header("Azure-AsyncOperation")!;
            fingerprint = first.Fingerprint;
        }

        using var second = new SandboxClient(new SandboxOptions { StatePath = _path });
        Assert.Equal(fingerprint, second.Fingerprint);
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero), second.Sandbox.Clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, second.Sandbox.GetStatistics().SimulatedTime);
        Assert.Equal("InProgress", (string?)second.Send("GET", address).Json["status"]);
        second.Advance(1);
        Assert.Equal("Succeeded", (string?)second.Send("GET", address).Json["status"]);
        second.Get(disk, Version).ShouldBe(200);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"version":99}""")]
    [InlineData("""{"version":1,"resources":[{"id":"x"}]}""")]
    [InlineData("{\"version\":1}\n")]
    [InlineData("{\"version\":3}\n{\"time\":\"2026-01-05T08:00:00+00:00\"}\n")]
    [InlineData("{\"version\":3,\"seed\":0}\n{\"resources\":{\"x\":{}}}\n")]
    public void A_file_that_is_no_state_is_refused_by_name(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.WriteAllText(_path, text);
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => new ArmSandbox(new SandboxOptions { StatePath = _path }));
        Assert.Contains(_path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_ids_and_another_seed_others()
    {
        string Run(int seed)
        {
            using var client = new SandboxClient(new SandboxOptions { Seed = seed });
            string disk = $"{client.Group()}/providers/Microsoft.Compute/disks/d1";
            Answer put = client.Put(disk, Version, Body);
            client.Finish(put);
            return put.Header("x-ms-request-id") + client.Get(disk, Version).Text;
        }

        Assert.Equal(Run(1), Run(1));
        Assert.NotEqual(Run(1), Run(2));
    }

    [Fact]
    public void A_world_that_goes_on_keeps_its_seed()
    {
        string MakeTwo(int later)
        {
            string path = Path.Combine(Path.GetDirectoryName(_path)!, $"{later}.json");
            string group;
            using (var first = new SandboxClient(new SandboxOptions { Seed = 1, StatePath = path })) group = first.Group();
            using var second = new SandboxClient(new SandboxOptions { Seed = later, StatePath = path });
            string disk = $"{group}/providers/Microsoft.Compute/disks/d1";
            second.Finish(second.Put(disk, Version, Body));
            return (string)second.Get(disk, Version).Json["properties"]!["uniqueId"]!;
        }

        Assert.Equal(MakeTwo(1), MakeTwo(2));
    }

    [Fact]
    public void Ids_do_not_depend_on_who_comes_first()
    {
        string Run(params string[] names)
        {
            using var client = new SandboxClient();
            string group = client.Group();
            foreach (string name in names) client.Put($"{group}/providers/Microsoft.Compute/disks/{name}", Version, Body).ShouldBe(202);
            client.Advance(1);
            return (string)client.Get($"{group}/providers/Microsoft.Compute/disks/a", Version).Json["properties"]!["uniqueId"]!;
        }

        Assert.Equal(Run("a", "b", "c"), Run("c", "b", "a"));
    }

    [Fact]
    public void Reset_brings_back_the_first_world()
    {
        using var client = new SandboxClient();
        string fresh = client.Fingerprint;
        client.Group();
        client.Advance(500);
        Assert.Equal(TimeSpan.FromSeconds(500), client.Sandbox.GetStatistics().SimulatedTime);
        Assert.NotEqual(fresh, client.Fingerprint);
        client.Sandbox.AddFault(new SandboxFault());
        client.Sandbox.Reset();
        SandboxStatistics statistics = client.Sandbox.GetStatistics();
        Assert.Equal(fresh, statistics.Fingerprint);
        Assert.Equal(TimeSpan.Zero, statistics.SimulatedTime);
        Assert.Equal(0, statistics.Requests);
        Assert.Empty(client.Sandbox.Faults);
        // Two of its own, and one of another directory.
        Assert.Equal(3, statistics.ResourcesByType["Microsoft.Resources/subscriptions"]);
    }

    [Fact]
    public async Task Requests_from_many_threads_are_served_one_by_one()
    {
        using var client = new SandboxClient();
        string group = client.Group();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => client.Put($"{group}/providers/Microsoft.Compute/disks/d{i}", Version, Body).ShouldBe(202))));
        SandboxStatistics statistics = client.Sandbox.GetStatistics();
        Assert.Equal(50, statistics.RequestsByOperation["PUT Microsoft.Compute/disks"]);
        Assert.Equal(50, statistics.ResourcesByType["Microsoft.Compute/disks"]);
    }

    [Fact]
    public async Task A_cancelled_or_late_request_is_not_served()
    {
        var client = new SandboxClient();
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var request = new SandboxRequest { Method = "GET", Uri = new Uri(SandboxClient.Root + "/tenants?api-version=2022-12-01") };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Sandbox.SendAsync(request, source.Token));
        Assert.Equal(0, client.Sandbox.GetStatistics().Requests);
        client.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.Sandbox.SendAsync(request, CancellationToken.None));
    }
}
