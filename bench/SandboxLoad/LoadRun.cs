using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Bench.SandboxLoad;

/// <summary>One server from its start to its end: simple GETs, many resources made by PUT, all of them listed page by page.</summary>
internal sealed class LoadRun(HttpClient client, ServerUnderLoad server, LoadOptions options)
{
    private const string Subscription = "/subscriptions/10000000-0000-4000-8000-000000000001";
    private const string Group = Subscription + "/resourceGroups/load";
    private const int Parts = 4;
    private const string DiskVersion = "?api-version=2023-04-02";
    private const string GroupVersion = "?api-version=2022-09-01";

    public static async Task RunAsync(LoadOptions options, string? state)
    {
        Console.WriteLine(state is null ? "\nwithout --state" : "\nwith --state");
        using (var server = new ServerUnderLoad(state))
        {
            using HttpClient client = server.CreateClient();
            await new LoadRun(client, server, options).MeasureAsync();
            Tell("peak working set", $"{server.PeakMegabytes:N0} MiB");
        }

        if (state is null) return;
        Tell("state file", $"{new FileInfo(state).Length >> 20:N0} MiB");
        using var again = new ServerUnderLoad(state);
        Tell("started again in", $"{again.Startup.TotalSeconds:0.0} s, {again.PeakMegabytes:N0} MiB");
    }

    private async Task MeasureAsync()
    {
        await PutAsync(Group + GroupVersion, """{"location":"westeurope"}""");
        await PutAsync(Disk(0), """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""");
        await GetAsync("GET of a disk, warming", Disk(0));
        await GetAsync("GET of a disk", Disk(0));
        await GetAsync("GET of a group", Group + GroupVersion);
        await MakeAsync();
        await GetAsync($"GET of a disk of {options.Resources:N0}", Disk(options.Resources / 2));
        await ListAsync("disks, pages as they come", Subscription + "/providers/Microsoft.Compute/disks" + DiskVersion);
        await ListAsync("resources, $top=1000", Subscription + "/resources" + GroupVersion + "&$top=1000");
        await StayAsync();
    }

    // What is made is deleted again: memory that goes on growing would be a leak.
    private async Task StayAsync()
    {
        for (int part = 1; part <= Parts; part++)
        {
            var times = new Latencies();
            long start = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(worker => ComeAndGoAsync(times, $"p{part}w{worker}")));
            string figures = times.Describe(Stopwatch.GetElapsedTime(start));
            Tell($"{times.Count:N0} more, half GETs, half PUTs and DELETEs", $"{figures}   now {server.Megabytes:N0} MiB");
        }
    }

    private async Task ComeAndGoAsync(Latencies times, string name)
    {
        const string disk = """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""";
        const int lag = 16, requests = 4;
        int rounds = 200_000 / Parts / options.Connections / requests;
        string Address(int round) => $"{Group}/providers/Microsoft.Compute/disks/{name}r{round}{DiskVersion}";
        for (int round = 0; round < rounds + lag; round++)
        {
            if (round < rounds) await TimeAsync(times, () => PutAsync(Address(round), disk));
            for (int get = 0; get < 2; get++) await TimeAsync(times, () => ReadAsync(Disk(round)));

            // A little later, when it is done.
            if (round >= lag) await TimeAsync(times, () => DeleteAsync(Address(round - lag)));
        }
    }

    private async Task GetAsync(string what, string address)
    {
        var times = new Latencies();
        long start = Stopwatch.GetTimestamp();
        TimeSpan limit = TimeSpan.FromSeconds(options.Seconds);
        await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(start) < limit) await TimeAsync(times, () => ReadAsync(address));
        }));
        Tell(what, times.Describe(Stopwatch.GetElapsedTime(start)));
    }

    private async Task MakeAsync()
    {
        const string disk = """{"location":"westeurope","tags":{"made":"by load"},"properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""";
        var times = new Latencies();
        int next = 0;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(async _ =>
        {
            int number;
            while ((number = Interlocked.Increment(ref next)) < options.Resources) await TimeAsync(times, () => PutAsync(Disk(number), disk));
        }));
        Tell($"PUT of {options.Resources:N0} disks", times.Describe(Stopwatch.GetElapsedTime(start)));
    }

    private async Task ListAsync(string what, string first)
    {
        var times = new Latencies();
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        int items = 0;
        long start = Stopwatch.GetTimestamp();
        for (string? address = first; address is not null;)
        {
            long sent = Stopwatch.GetTimestamp();
            JsonNode page = JsonNode.Parse(await ReadAsync(address))!;
            times.Add(Stopwatch.GetElapsedTime(sent));
            foreach (JsonNode? item in page["value"]!.AsArray())
            {
                items++;
                ids.Add((string)item!["id"]!);
            }

            address = (string?)page["nextLink"];
        }

        TimeSpan wall = Stopwatch.GetElapsedTime(start);
        if (items != options.Resources || ids.Count != items) throw new InvalidOperationException($"{items} items, {ids.Count} ids: some are lost or doubled.");
        Tell($"{what}: {times.Count:N0} pages in {wall.TotalSeconds:0.0} s", times.Describe(wall));
    }

    private static async Task TimeAsync(Latencies times, Func<Task> request)
    {
        long sent = Stopwatch.GetTimestamp();
        await request();
        times.Add(Stopwatch.GetElapsedTime(sent));
    }

    private async Task<byte[]> ReadAsync(string address)
    {
        using HttpResponseMessage answer = await client.GetAsync(address);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private async Task PutAsync(string address, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PutAsync(address, content);
        answer.EnsureSuccessStatusCode();
    }

    private async Task DeleteAsync(string address)
    {
        using HttpResponseMessage answer = await client.DeleteAsync(address);
        answer.EnsureSuccessStatusCode();
    }

    private static string Disk(int number) => $"{Group}/providers/Microsoft.Compute/disks/disk{number:000000}{DiskVersion}";

    private static void Tell(string what, string figure) => Console.WriteLine($"  {what,-58} {figure}");
}
