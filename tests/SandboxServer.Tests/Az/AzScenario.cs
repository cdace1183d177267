using System.Collections.Concurrent;

namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>A session in which commands were run in their order; those that only read, beside each other.</summary>
public abstract class AzScenario(IReadOnlyList<AzCommand> commands) : AzSession
{
    private const string Subscription = "10000000-0000-4000-8000-000000000001";

    // With a comment and a comma too many, as people write them.
    private const string Template =
        """
        {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          "contentVersion": "1.0.0.0",
          "parameters": { "name": { "type": "string" } },
          "resources": [
            {
              "type": "Microsoft.Network/publicIPAddresses", // reached from everywhere
              "apiVersion": "2022-07-01",
              "name": "[parameters('name')]",
              "location": "[resourceGroup().location]",
              "sku": { "name": "Standard" },
              "properties": { "publicIPAllocationMethod": "Static" },
            }
          ]
        }
        """;

    private readonly ConcurrentDictionary<string, AzResult> _results = new();

    private string KeyFile => Path.Combine(Client.Folder, "key.pub");

    private string TemplateFile => Path.Combine(Client.Folder, "template.json");

    /// <summary>What a command did.</summary>
    public AzResult this[AzCommand command] => _results[command.Text];

    /// <inheritdoc />
    protected override async Task PrepareAsync()
    {
        await File.WriteAllTextAsync(KeyFile, "ssh-rsa " + Convert.ToBase64String([0, 0, 0, 7, .. "ssh-rsa"u8, .. new byte[272]]) + " tester\n");
        await File.WriteAllTextAsync(TemplateFile, Template);
        var beside = new List<Task>();
        foreach (AzCommand command in commands)
        {
            if (!command.Reads || beside.Count == Environment.ProcessorCount)
            {
                await Task.WhenAll(beside);
                beside.Clear();
            }

            Task run = RunAsync(command);
            beside.Add(run);
            if (!command.Reads) await run;
        }

        await Task.WhenAll(beside);
    }

    private async Task RunAsync(AzCommand command) => _results[command.Text] = await Client.RunAsync(command.Text
        .Replace("{SUB}", Subscription, StringComparison.Ordinal)
        .Replace("{KEY}", KeyFile, StringComparison.Ordinal)
        .Replace("{TEMPLATE}", TemplateFile, StringComparison.Ordinal));
}
