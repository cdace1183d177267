using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.State;

/// <summary>The state file as a journal: what it holds after each request, and what of a broken one is believed.</summary>
public sealed class StateJournalTests : IDisposable
{
    private const string Version = "2023-04-02";
    private const string Body = """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private string FilePath => Path.Combine(_folder, "state.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Reading_writes_nothing_and_a_change_writes_what_changed_alone()
    {
        using (SandboxClient client = Start())
        {
            string group = client.Group();
            Assert.Equal(202, client.Put(Disk(group, "d1"), Version, Body).Status);
            client.Advance(60);
            client.Get(Disk(group, "d1"), Version).ShouldBe(200);
            long length = new FileInfo(FilePath).Length;
            client.Get(Disk(group, "d1"), Version).ShouldBe(200);
            client.Get($"{group}/providers/Microsoft.Compute/disks", Version).ShouldBe(200);
            Assert.Equal(length, new FileInfo(FilePath).Length);
            client.Patch(group, SandboxClient.ResourcesVersion, """{"tags":{"a":"b"}}""").ShouldBe(200);
        }

        var change = (JsonObject)JsonNode.Parse(File.ReadAllLines(FilePath)[^1])!;
        Assert.EndsWith("/resourceGroups/images", Assert.Single((JsonObject)change["resources"]!).Key, StringComparison.Ordinal);
        Assert.Equal("b", (string?)change["resources"]![0]!["body"]!["tags"]!["a"]);
    }

    [Fact]
    public void A_line_that_was_not_finished_is_dropped_and_written_over()
    {
        string group, fingerprint;
        using (SandboxClient first = Start())
        {
            group = first.Group();
            fingerprint = first.Fingerprint;
        }

        File.AppendAllText(FilePath, """{"time":"2026-01-05T08:00:00+00:00","resources":{"/subscr""");
        using (SandboxClient second = Start())
        {
            Assert.Equal(fingerprint, second.Fingerprint);
            second.Put(Disk(group, "d1"), Version, Body).ShouldBe(202);
            fingerprint = second.Fingerprint;
        }

        using SandboxClient third = Start();
        Assert.Equal(fingerprint, third.Fingerprint);
    }

    [Fact]
    public void A_damaged_line_is_refused_with_its_number()
    {
        using (SandboxClient first = Start()) first.Group();
        string[] lines = File.ReadAllLines(FilePath);
        lines[1] = lines[1][..^5];
        File.WriteAllLines(FilePath, lines);
        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(Start).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"body\":{", "\"bodies\":{")]
    [InlineData("\"state\":{", "\"state\":1,\"other\":{")]
    [InlineData("{\"id\":\"/subscriptions/", "{\"id\":\"/elsewhere/")]
    [InlineData("\"resources\":", "\"things\":")]
    public void A_record_of_another_form_is_refused_with_its_line(string right, string wrong)
    {
        using (SandboxClient first = Start()) first.Group();
        string[] lines = File.ReadAllLines(FilePath);
        Assert.Contains(right, lines[1], StringComparison.Ordinal);
        lines[1] = lines[1].Replace(right, wrong, StringComparison.Ordinal);
        File.WriteAllLines(FilePath, lines);
        string message = Assert.Throws<InvalidDataException>(Start).Message;
        Assert.Contains(FilePath, message, StringComparison.Ordinal);
        Assert.Contains("line 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_touched_after_a_restart_stays_as_it_was()
    {
        string group, fingerprint;
        using (SandboxClient first = Start())
        {
            group = first.Group();
            first.Put(Disk(group, "d1"), Version, Body).ShouldBe(202);
            first.Advance(60);
            fingerprint = first.Fingerprint;
        }

        for (int start = 0; start < 3; start++)
        {
            using SandboxClient next = Start();
            next.Sandbox.KeepTime();
            if (start == 1) next.Get(Disk(group, "d1"), Version).ShouldBe(200);
            Assert.Equal(fingerprint, next.Fingerprint);
        }
    }

    [Fact]
    public void The_file_belongs_to_one_sandbox_at_a_time()
    {
        using SandboxClient first = Start();
        Assert.Throws<IOException>(Start);
    }

    [Fact]
    public void History_is_dropped_when_it_is_most_of_the_file()
    {
        string fingerprint;
        using (SandboxClient client = Start())
        {
            string group = client.Group();
            string text = new('x', 200);
            for (int i = 0; i < 4000; i++)
            {
                string tags = $$"""{"a":"{{i}}","b":"{{text}}","c":"{{text}}","d":"{{text}}","e":"{{text}}"}""";
                client.Patch(group, SandboxClient.ResourcesVersion, $"{{\"tags\":{tags}}}").ShouldBe(200);
            }

            fingerprint = client.Fingerprint;
        }

        Assert.InRange(new FileInfo(FilePath).Length, 1, 2_000_000);
        using SandboxClient again = Start();
        Assert.Equal(fingerprint, again.Fingerprint);
    }

    [Fact]
    public void A_process_killed_at_any_time_of_the_rewriting_loses_nothing()
    {
        int rewritings = 0, looks = 0;
        bool before = false;
        using SandboxClient client = Start();
        for (int i = 0; rewritings == 0; i++)
        {
            Change(client, i);
            bool rewriting = File.Exists(FilePath + ".new");
            if (before && !rewriting) rewritings++;
            before = rewriting;
            if (!rewriting && rewritings == 0) continue;
            looks++;
            using SandboxClient heir = new(new SandboxOptions { StatePath = CopyOfFile() });
            Assert.Equal(client.Fingerprint, heir.Fingerprint);
        }

        Assert.InRange(looks, 4, 100);
        Assert.InRange(new FileInfo(FilePath).Length, 1, 4_000_000);
    }

    // Long tags, so that the history is soon long; groups are made, changed and deleted, and pages are written.
    private static void Change(SandboxClient client, int number)
    {
        string tags = string.Join(",", Enumerable.Range(0, 12).Select(i => $"\"t{i}\":\"{number}{new string('x', 200)}\""));
        string name = $"/subscriptions/{client.Sandbox.SubscriptionId}/resourceGroups/g{number}";
        string body = $"{{\"location\":\"westeurope\",\"tags\":{{{tags}}}}}";
        client.Put(name, SandboxClient.ResourcesVersion, body).ShouldBe(201);
        client.Put(name, SandboxClient.ResourcesVersion, body.Replace("x", "y", StringComparison.Ordinal)).ShouldBe(200);
        if (number % 50 == 10) WritePages(client, name, number);
        if (number % 10 != 3) return;
        client.Delete(name, SandboxClient.ResourcesVersion).ShouldBe(202);
        client.Advance(600);

        // Or the heir would live ten minutes before.
        client.Sandbox.KeepTime();
    }

    private static void WritePages(SandboxClient client, string group, int number)
    {
        client.Put(Disk(group, "d1"), Version, Body).ShouldBe(202);
        client.Advance(60);
        client.Sandbox.WriteDisk(Disk(group, "d1"), number * 512L, [1, 2, 3]);
    }

    // As the next process would find it. The lock on the file holds for .NET's processes alone.
    private string CopyOfFile()
    {
        string folder = Path.Combine(_folder, Path.GetRandomFileName());
        Directory.CreateDirectory(folder);
        string copy = Path.Combine(folder, "state.json");
        using Process cp = Process.Start("cp", ["-r", FilePath, FilePath + ".pages", folder]);
        cp.WaitForExit();
        return copy;
    }

    [Fact]
    public void What_happens_by_itself_is_kept_when_a_statistic_brings_it_about()
    {
        string fingerprint;
        using (SandboxClient first = Start())
        {
            first.Put(Disk(first.Group(), "d1"), Version, Body).ShouldBe(202);
            first.Advance(60);
            fingerprint = first.Fingerprint;
            first.Get("/subscriptions", SandboxClient.ResourcesVersion);
        }

        using SandboxClient second = Start();
        Assert.Equal(fingerprint, second.Fingerprint);
    }

    [Fact]
    public void A_reset_empties_the_file_too()
    {
        string fingerprint;
        using (SandboxClient first = Start())
        {
            first.Put(Disk(first.Group(), "d1"), Version, Body).ShouldBe(202);
            first.Sandbox.Reset();
            fingerprint = first.Fingerprint;
        }

        using SandboxClient second = Start();
        Assert.Equal(fingerprint, second.Fingerprint);
        Assert.DoesNotContain("Microsoft.Compute/disks", second.Sandbox.GetStatistics().ResourcesByType.Keys);
    }

    [Fact]
    public void Pages_that_could_not_be_written_are_written_with_the_next_change()
    {
        string fingerprint, group;
        using (SandboxClient first = Start())
        {
            group = first.Group();
            first.Put(Disk(group, "d1"), Version, Body).ShouldBe(202);
            first.Advance(60);
            File.WriteAllText(FilePath + ".pages", "in the way");
            Assert.ThrowsAny<IOException>(() => first.Sandbox.WriteDisk(Disk(group, "d1"), 512, [1, 2, 3]));
            File.Delete(FilePath + ".pages");
            first.Patch(group, SandboxClient.ResourcesVersion, """{"tags":{"a":"b"}}""").ShouldBe(200);
            fingerprint = first.Fingerprint;
        }

        Assert.NotEmpty(Directory.GetFiles(FilePath + ".pages", "*", SearchOption.AllDirectories));
        using SandboxClient second = Start();
        Assert.Equal(fingerprint, second.Fingerprint);
    }

    [Theory]
    [InlineData(55)]
    [InlineData(58)]
    [InlineData(59)]
    [InlineData(60)]
    public void What_is_as_deep_as_a_request_may_be_is_kept(int depth)
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
        const string template = """
            {"properties":{"mode":"Incremental","parameters":{"p":{"value":DEEP}},"template":{
            "$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","contentVersion":"1.0.0.0",
            "resources":[],"parameters":{"p":{"type":"object"}},"outputs":{"o":{"type":"object","value":"[parameters('p')]"}}}}}
            """;
        string body = template.Replace("DEEP", deep, StringComparison.Ordinal);
        string address, shown;
        using (SandboxClient first = Start())
        {
            address = $"{first.Group()}/providers/Microsoft.Resources/deployments/deep";
            first.Put(address, SandboxClient.ResourcesVersion, body).ShouldBe(201);
            first.Advance(600);
            shown = first.Get(address, SandboxClient.ResourcesVersion).ShouldBe(200).Text;
            Assert.Contains(deep, shown.Replace(" ", string.Empty, StringComparison.Ordinal).ReplaceLineEndings(string.Empty), StringComparison.Ordinal);
        }

        using SandboxClient second = Start();
        Assert.Equal(shown, second.Get(address, SandboxClient.ResourcesVersion).ShouldBe(200).Text);
    }

    private static string Disk(string group, string name) => $"{group}/providers/Microsoft.Compute/disks/{name}";

    private SandboxClient Start() => new(new SandboxOptions { StatePath = FilePath });
}
