using System.Collections.Concurrent;

namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>A session in which commands were run in their order; those that only read, beside each other.</summary>
public abstract class AzScenario(IReadOnlyList<AzCommand> commands) : AzSession
{
    private const string Subscription = "10000000-0000-4000-8000-000000000001";

    private readonly ConcurrentDictionary<string, AzResult> _results = new();

    /// <summary>What a command did.</summary>
    public AzResult this[AzCommand command] => _results[command.Text];

    /// <inheritdoc />
    protected override async Task PrepareAsync()
    {
        string key = Path.Combine(Client.Folder, "key.pub");
        await File.WriteAllTextAsync(key, "ssh-rsa " + Convert.ToBase64String([0, 0, 0, 7, .. "ssh-rsa"u8, .. new byte[272]]) + " tester\n");
        var beside = new List<Task>();
        foreach (AzCommand command in commands)
        {
            if (!command.Reads || beside.Count == Environment.ProcessorCount)
            {
                await Task.WhenAll(beside);
                beside.Clear();
            }

            Task run = RunAsync(command, key);
            beside.Add(run);
            if (!command.Reads) await run;
        }

        await Task.WhenAll(beside);
    }

    private async Task RunAsync(AzCommand command, string key) =>
        _results[command.Text] = await Client.RunAsync(
            command.Text.Replace("{SUB}", Subscription, StringComparison.Ordinal).Replace("{KEY}", key, StringComparison.Ordinal));
}
