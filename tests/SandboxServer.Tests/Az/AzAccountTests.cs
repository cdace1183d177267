using System.Text.Json.Nodes;

namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>Az signed in as somebody who is not the owner: what it may do is what roles say.</summary>
[Trait("Category", "AzClient")]
public sealed class AzAccountTests : IDisposable
{
    private const string Tenant = "20000000-0000-4000-8000-000000000001";
    private const string Account = "50000000-0000-4000-8000-000000000001";
    private const string Subscription = "/subscriptions/10000000-0000-4000-8000-000000000001";
    private const string Reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
    private const string Contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_reader_is_refused_until_it_is_a_contributor()
    {
        Assert.SkipWhen(AzClient.WhyNot is not null, AzClient.WhyNot ?? string.Empty);
        await File.WriteAllTextAsync(_file, $$"""[{ "name": "builder", "secret": "right", "objectId": "{{Account}}" }]""", TestContext.Current.CancellationToken);
        using var server = new ServerProcess("--speed", "max", "--accounts", _file);
        using var az = new AzClient(server);
        await az.RegisterAsync(server.Address);
        await SucceedAsync(az, "az group create -n rg -l westus");
        await SucceedAsync(az, Assign(Reader, 1));

        await SucceedAsync(az, SignIn("builder", "right"));
        Assert.Equal(["rg"], (await SucceedAsync(az, "az group list")).Names);
        AzResult refused = await az.RunAsync("az disk create -g rg -n d1 -l westus --size-gb 4");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("(AuthorizationFailed) The client 'builder' with object id '" + Account + "' does not have authorization to perform " +
            "action 'Microsoft.Compute/disks/write' over scope", refused.Error, StringComparison.Ordinal);

        await SucceedAsync(az, SignIn("owner", "x"));
        await SucceedAsync(az, Assign(Contributor, 2));
        await SucceedAsync(az, SignIn("builder", "right"));
        Assert.Equal(["d1"], (await SucceedAsync(az, "az disk create -g rg -n d1 -l westus --size-gb 4")).Names);
        AzResult wrong = await az.RunAsync(SignIn("builder", "wrong"));
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("AADSTS7000215", wrong.Error, StringComparison.Ordinal);
    }

    // Debian's "az role" does not fit Debian's SDK; the request is the same.
    private static string Assign(string role, int number)
    {
        string address = $"{Subscription}/providers/Microsoft.Authorization/roleAssignments/60000000-0000-4000-8000-00000000000{number}?api-version=2022-04-01";
        var body = new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["roleDefinitionId"] = $"{Subscription}/providers/Microsoft.Authorization/roleDefinitions/{role}",
                ["principalId"] = Account,
                ["principalType"] = "ServicePrincipal",
            },
        };
        return $"az rest --method put --url {address} --body '{body.ToJsonString()}'";
    }

    private static string SignIn(string name, string secret) => $"az login --service-principal -u {name} -p {secret} --tenant {Tenant}";

    private static async Task<AzResult> SucceedAsync(AzClient az, string command)
    {
        AzResult result = await az.RunAsync(command);
        Assert.True(result.ExitCode == 0, $"{command}\nended with {result.ExitCode}:\n{result.Error}");
        return result;
    }
}
