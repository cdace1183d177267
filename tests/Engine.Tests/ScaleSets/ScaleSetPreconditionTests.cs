using ImageCmdlets.Engine.ScaleSets;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Engine.Tests.Access;
using ImageCmdlets.Engine.Tests.Vms;

namespace ImageCmdlets.Engine.Tests.ScaleSets;

/// <summary>What stands against a scale set is said at once, and nothing is changed.</summary>
public sealed class ScaleSetPreconditionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EverythingThatIsMissingIsSaidAtOnce()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        world.Sandbox.CoreQuota = 10;
        await world.MakeGroupAsync();
        await world.PutAsync(world.Id(ResourceTypes.VirtualNetwork, "small"), VMWorld.Network,
            """{"location":"westeurope","properties":{"addressSpace":{"addressPrefixes":["10.1.0.0/24"]},"subnets":[{"name":"default","properties":{"addressPrefix":"10.1.0.0/29"} }]} }""");

        ImageCmdletsException error = await RefusedAsync(world, Request() with
        {
            Machine = VMWorld.Request("web") with { Subnet = "small", Identity = [world.Id(ResourceTypes.UserAssignedIdentity, "nobody")], AdminUserName = "root" }, Capacity = 6, Zone = ["1", "7"],
        });

        string[] parts =
        [
            "There is no user-assigned identity '", "westeurope has no zone '7'", "'root'",
            "westeurope: the quota 'Total Regional vCPUs' is 10, 0 are in use, and 6 machines of size Standard_D2s_v5 take 12 more: 2 are short.", "has 3 free addresses, 6 are wanted: 3 are short.",
        ];
        foreach (string part in parts)
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheAdviceNamesWhatAScaleSetHas()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        world.Sandbox.CoreQuota = 10;

        ImageCmdletsException error = await RefusedAsync(world, Request() with { Capacity = 6 });

        Assert.Equal(ErrorIds.QuotaExceeded, error.ErrorId);
        Assert.EndsWith("or pass a smaller -Capacity, another -Size or another region with -Location.", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SpotMachinesHaveAQuotaOfTheirOwn()
    {
        using VMWorld world = await VMWorld.OpenAsync();
        world.Sandbox.CoreQuota = 4;

        ImageCmdletsException error = await RefusedAsync(world, Request() with { Capacity = 3, Machine = VMWorld.Request("web") with { Spot = true } });

        Assert.Equal("westeurope: the quota 'Total Regional Low-priority vCPUs' is 4, 0 are in use, and 3 machines of size Standard_D2s_v5 take 6 more: 2 are short.", error.Message);
    }

    [Theory]
    [InlineData("Uniform", "Microsoft.Compute/virtualMachineScaleSets/write")]
    [InlineData("Uniform", "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read")]
    [InlineData("Flexible", "Microsoft.Compute/virtualMachines/read")]
    [InlineData("Uniform", "Microsoft.Network/virtualNetworks/write")]
    [InlineData("Uniform", "Microsoft.Network/virtualNetworks/subnets/join/action")]
    public async Task ARightThatIsMissingIsNamedBeforeTheFirstChange(string mode, string action)
    {
        using PermissionScene scene = await PermissionScene.OpenAsync();
        ImageSession somebody = await scene.SignInWithoutAsync(action);
        var sink = new RecordingSink();
        var request = new NewScaleSetOptions
        {
            Machine = new NewVMOptions { ResourceGroupName = "landing", Name = "web", Location = "westeurope", Image = scene.Options(ImagePermissionOperation.Deploy, fromVersion: true).Id }, OrchestrationMode = mode,
        };
        string before = FingerprintOf(scene.Owner);

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => ScaleSetService.NewAsync(somebody, [request], new RunOptions(), sink, Token));

        Assert.Contains($"it has no right to '{action}' on '", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, FingerprintOf(scene.Owner));
        await ScaleSetService.NewAsync(scene.Owner, [request], new RunOptions(), sink, Token);
        Assert.Equal(2, Assert.Single(sink.Items.OfType<ImageScaleSet>()).Instance!.Count);
    }

    private static string FingerprintOf(ImageSession session) => EngineSession.Of(session).Sandbox!.GetStatistics().Fingerprint;

    private static NewScaleSetOptions Request() => new() { Machine = VMWorld.Request("web"), OrchestrationMode = "Flexible" };

    private static async Task<ImageCmdletsException> RefusedAsync(VMWorld world, NewScaleSetOptions request)
    {
        string before = world.Fingerprint;
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => ScaleSetService.NewAsync(world.Session, [request], new RunOptions(), world.Sink, Token));
        Assert.Equal(before, world.Fingerprint);
        return error;
    }
}
