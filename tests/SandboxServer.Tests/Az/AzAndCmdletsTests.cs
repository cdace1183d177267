using System.Management.Automation;
using ImageCmdlets.Cmdlets.Tests.Hosting;

namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>The cmdlets and az on one server: what the one has made, the other shows and goes on with.</summary>
[Trait("Category", "AzClient")]
public sealed class AzAndCmdletsTests(EmptyAzSession session) : IClassFixture<EmptyAzSession>
{
    private const string Account = "--admin-username azureuser --admin-password P@ssw0rd12345! --authentication-type password";

    [Fact]
    public async Task A_machine_of_az_becomes_an_image_of_the_cmdlets_and_that_a_machine_of_az()
    {
        Assert.SkipWhen(AzClient.WhyNot is not null, AzClient.WhyNot ?? string.Empty);
        using var module = new HostedModule(
            $"Connect-ImageSession -Endpoint {session.Server.Address} -EndpointCertificatePath '{session.Server.CertificatePath}' " +
            "-SubscriptionId 10000000-0000-4000-8000-000000000001 | Out-Null");

        // az makes, the cmdlets show.
        await AzAsync("az group create -n rg -l westus");
        await AzAsync($"az vm create -g rg -n vm1 --image Debian:debian-12:12-gen2:latest {Account} --data-disk-sizes-gb 8");
        Assert.Equal(await NamesAsync("az vm list -g rg"), Names(module, "Get-ImageVM -g rg"));
        string id = (string)(await AzAsync("az vm show -g rg -n vm1")).Json!["id"]!;
        Assert.Equal(id, (string)module.Invoke("Get-ImageVM -g rg -n vm1").Single().Properties["Id"].Value, ignoreCase: true);

        // The cmdlets go on, az shows.
        string[] snapshots = Names(module, "Get-ImageVM -g rg -n vm1 | New-ImageSnapshot -WarningAction SilentlyContinue");
        Assert.Equal(snapshots.Order(StringComparer.Ordinal), (await NamesAsync("az snapshot list -g rg")).Order(StringComparer.Ordinal));
        module.Invoke("Get-ImageVM -g rg -n vm1 | Invoke-Generalize -Force | New-CustomImage -Name golden -Tag @{ team = 'web' } | Out-Null");
        Assert.Equal(["golden"], await NamesAsync("az image list -g rg"));
        AzResult image = await AzAsync("az image show -g rg -n golden");
        Assert.Equal("web", (string?)image.Json!["tags"]!["team"]);
        Assert.Equal("V2", (string?)image.Json["hyperVGeneration"]);

        // az goes on with what the cmdlets made, and they with that.
        await AzAsync($"az vm create -g rg -n vm2 --image golden {Account}");
        await AzAsync("az image update -g rg -n golden --tags team=db");
        Assert.Equal(["vm1", "vm2"], Names(module, "Get-ImageVM -g rg").Order(StringComparer.Ordinal));
        PSObject shown = module.Invoke("(Get-CustomImage -g rg -n golden).Tag['team']").Single();
        Assert.Equal("db", shown.BaseObject);
        await AzAsync("az image delete -g rg -n golden");
        Assert.Empty(Names(module, "Get-CustomImage -g rg"));
    }

    private static string[] Names(HostedModule module, string script) =>
        [.. module.Invoke(script).Select(static found => (string)found.Properties["Name"].Value)];

    private async Task<IEnumerable<string>> NamesAsync(string command) => (await AzAsync(command)).Names;

    private async Task<AzResult> AzAsync(string command)
    {
        AzResult result = await session.Client.RunAsync(command);
        Assert.True(result.ExitCode == 0, $"{command}: {result.Error}");
        return result;
    }
}
