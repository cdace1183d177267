using System.Management.Automation;
using System.Text.Json.Nodes;
using ImageCmdlets.Cmdlets.Tests.Hosting;

namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>Scale sets on one server: what the cmdlets have made, az sees as they do, and they see what az has made and changed.</summary>
[Trait("Category", "AzClient")]
public sealed class AzAndScaleSetsTests(EmptyAzSession session) : IClassFixture<EmptyAzSession>
{
    private const string Account = "--admin-username azureuser --admin-password P@ssw0rd12345! --authentication-type password";
    private const string Images = "/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.Compute/images/";

    [Fact]
    public async Task Both_see_the_same_sets()
    {
        Assert.SkipWhen(AzClient.WhyNot is not null, AzClient.WhyNot ?? string.Empty);
        using HostedModule module = await OpenAsync();

        // The cmdlets make, az shows.
        foreach (string mode in new[] { "Uniform", "Flexible" })
        {
            string name = mode.ToUpperInvariant()[..1] + "set";
            module.Invoke($"Get-CustomImage -g rg -n golden1 | New-ImageScaleSet -g rg -Name {name} -Capacity 3 -OrchestrationMode {mode} -WarningAction SilentlyContinue | Out-Null");
            await AssertSameAsync(module, name, mode, "golden1", 3);
        }

        Assert.Equal(["Fset", "Uset"], (await AzAsync("az vmss list -g rg")).Names.Order(StringComparer.Ordinal));

        // az makes, the cmdlets show.
        await AzAsync($"az vmss create -g rg -n azflex --image golden1 {Account} --instance-count 2 --orchestration-mode Flexible --platform-fault-domain-count 1 --load-balancer ''");
        await AssertSameAsync(module, "azflex", "Flexible", "golden1", 2);
        Assert.Equal(["ScaleSet azflex", .. (await AzAsync("az vm list -g rg")).Names.Where(vm => vm.StartsWith("azflex_", StringComparison.Ordinal)).Select(vm => "VM " + vm).Order(StringComparer.Ordinal)],
            Users(module, "golden1", "azflex"));
        await AzAsync($"az vmss create -g rg -n azset --image golden1 {Account} --instance-count 2 --orchestration-mode Uniform --upgrade-policy-mode manual --disable-overprovision --load-balancer ''");
        await AssertSameAsync(module, "azset", "Uniform", "golden1", 2);
        Assert.Equal(["ScaleSet azset", "ScaleSetInstance 0", "ScaleSetInstance 1"], Users(module, "golden1", "azset"));

        // az changes the image: the model names the new one, the instances run the old one until they are upgraded.
        await AzAsync($"az vmss update -g rg -n azset --set virtualMachineProfile.storageProfile.imageReference.id={Images}golden2");
        await AssertSameAsync(module, "azset", "Uniform", "golden2", 2);
        Assert.Equal(["golden2 0 2", "0 golden1 False", "1 golden1 False"], Shown(module, "azset"));
        Assert.Equal(["ScaleSetInstance 0", "ScaleSetInstance 1"], Users(module, "golden1", "azset"));
        Assert.Equal(["ScaleSet azset"], Users(module, "golden2", "azset"));

        await AzAsync("az vmss update-instances -g rg -n azset --instance-ids 1");
        Assert.Equal(["golden2 1 1", "0 golden1 False", "1 golden2 True"], Shown(module, "azset"));
        Assert.Equal(["ScaleSetInstance 0"], Users(module, "golden1", "azset"));
        Assert.Equal(["ScaleSet azset", "ScaleSetInstance 1"], Users(module, "golden2", "azset"));

        await AzAsync("az vmss update-instances -g rg -n azset --instance-ids *");
        await AssertSameAsync(module, "azset", "Uniform", "golden2", 2);
        Assert.Equal(["golden2 2 0", "0 golden2 True", "1 golden2 True"], Shown(module, "azset"));
        Assert.Empty(Users(module, "golden1", "azset"));

        module.Invoke("Get-ImageScaleSet -g rg | Remove-ImageScaleSet -Confirm:$false");
        Assert.Empty((await AzAsync("az vmss list -g rg")).Names);
    }

    private async Task<HostedModule> OpenAsync()
    {
        var module = new HostedModule(
            $"Connect-ImageSession -Endpoint {session.Server.Address} -EndpointCertificatePath '{session.Server.CertificatePath}' " +
            "-SubscriptionId 10000000-0000-4000-8000-000000000001 | Out-Null");
        await AzAsync("az group create -n rg -l westus");
        module.Invoke("New-ImageVM -g rg -Name source -Image Debian:debian-12:12-gen2:latest -WarningAction SilentlyContinue | Invoke-Generalize -Force | Out-Null");
        module.Invoke("'golden1', 'golden2' | ForEach-Object { Get-ImageVM -g rg -n source | New-CustomImage -Name $_ | Out-Null }");
        return module;
    }

    // The same question to both, and each member of the answers that a user goes by.
    private async Task AssertSameAsync(HostedModule module, string name, string mode, string image, int capacity)
    {
        JsonNode[] shown = [.. (await AzAsync("az vmss list -g rg")).Json!.AsArray().Where(set => (string?)set!["name"] == name)!, (await AzAsync($"az vmss show -g rg -n {name}")).Json!];
        PSObject ours = module.Invoke($"Get-ImageScaleSet -g rg -n {name} -IncludeInstance").Single();
        Assert.Equal((name, mode, "Manual", capacity, Images + image), (Text(ours, "Name"), Text(ours, "OrchestrationMode"), Text(ours, "UpgradeMode"), (int)ours.Properties["Capacity"].Value, Text(ours, "Image")));
        Assert.Equal(2, shown.Length);
        Assert.All(shown, set =>
        {
            Assert.Equal(Text(ours, "Id"), (string?)set["id"], ignoreCase: true);
            Assert.Equal(Text(ours, "Location"), (string?)set["location"]);
            Assert.Equal(mode, (string?)set["orchestrationMode"]);
            Assert.Equal("Manual", (string?)set["upgradePolicy"]!["mode"], ignoreCase: true);
            Assert.Equal((capacity, Text(ours, "Size")), ((int)set["sku"]!["capacity"]!, (string)set["sku"]!["name"]!));
            Assert.Equal(Images + image, (string?)set["virtualMachineProfile"]!["storageProfile"]!["imageReference"]!["id"], ignoreCase: true);
        });

        IEnumerable<string> instances = (await AzAsync($"az vmss list-instances -g rg -n {name}")).Json!.AsArray().Select(item => $"{item!["instanceId"]} {item["name"]} {item["latestModelApplied"]}");
        string[] ourInstances = [.. module.Invoke($"(Get-ImageScaleSet -g rg -n {name} -IncludeInstance).Instance | ForEach-Object {{ \"$($_.InstanceId) $(if ('{mode}' -eq 'Flexible') {{ $_.Name }} else {{ '{name}_' + $_.InstanceId }}) $(\"$($_.LatestModelApplied)\".ToLowerInvariant())\" }}").Select(line => $"{line}")];
        Assert.Equal(capacity, ourInstances.Length);
        Assert.Equal(ourInstances.Order(StringComparer.Ordinal), instances.Order(StringComparer.Ordinal));
    }

    private static string[] Shown(HostedModule module, string name) =>
    [
        .. module.Invoke($"$set = Get-ImageScaleSet -g rg -n {name} -IncludeInstance; \"$($set.ImageName) $($set.LatestModelCount) $($set.OutdatedCount)\"; $set.Instance | ForEach-Object {{ \"$($_.InstanceId) $($_.ImageName) $($_.LatestModelApplied)\" }}")
            .Select(line => $"{line}"),
    ];

    // By the lists, and by Resource Graph.
    private static string[] Users(HostedModule module, string image, string set)
    {
        string[][] asked = [.. new[] { "-Live", string.Empty }.Select(how => module
            .Invoke($"Get-CustomImage -g rg -n {image} | Get-ImageUsage {how} | Where-Object Id -like '*/{set}*' | ForEach-Object {{ \"$($_.Kind) $($_.Name)\" }}")
            .Select(line => $"{line}").Order(StringComparer.Ordinal).ToArray())];
        Assert.Equal(asked[0], asked[1]);
        return asked[0];
    }

    private static string Text(PSObject item, string property) => (string)item.Properties[property].Value;

    private async Task<AzResult> AzAsync(string command)
    {
        AzResult result = await session.Client.RunAsync(command);
        Assert.True(result.ExitCode == 0, $"{command}: {result.Error}");
        return result;
    }
}
