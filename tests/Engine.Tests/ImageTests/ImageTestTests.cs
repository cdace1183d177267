using System.Text.Json.Nodes;
using ImageCmdlets.Engine.ImageTests;
using ImageCmdlets.Engine.Leftovers;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.ImageTests;

/// <summary>Images are tested by machines that are made of them, and nothing of the test stays.</summary>
public sealed class ImageTestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, "Provisioning,Agent,MachineId,HostName,HostKey")]
    [InlineData(true, "Provisioning,Agent,Sid,HostName")]
    public async Task AGoodImagePasses(bool isWindows, string checks)
    {
        using ImageTestScene scene = await ImageTestScene.OpenAsync(isWindows);
        string before = await WorldPicture.OfAsync(scene.Sandbox.Session);

        ImageTestResult result = await scene.TestAsync(scene.Options());

        Assert.Equal(ImageTestState.Passed, result.State);
        Assert.Equal(scene.ImageId, result.Id);
        Assert.Equal("golden", result.Image);
        Assert.All(result.Check, check => Assert.Equal(ImageTestState.Passed, check.State));
        foreach (string vm in new[] { "test01", "test02" })
            Assert.Equal(checks, string.Join(',', result.Check.Where(check => check.VM == vm).Select(check => check.Name)));
        Assert.Equal(before, await WorldPicture.OfAsync(scene.Sandbox.Session));
        Assert.Empty(await scene.GroupsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnImageThatIsNotGeneralizedFailsWithTheReason(bool isWindows)
    {
        using ImageTestScene scene = await ImageTestScene.OpenAsync(isWindows, isGeneralized: false);

        ImageTestResult result = await scene.TestAsync(scene.Options(new ImageScript("web", "exit 0")));

        Assert.Equal(ImageTestState.Failed, result.State);
        ImageTestCheck failed = Assert.Single(result.Check, check => check is { VM: "test01", State: ImageTestState.Failed });
        Assert.Equal("Provisioning", failed.Name);
        Assert.Contains("did not finish in the allotted time", failed.Evidence);
        Assert.StartsWith("The image is not generalized", failed.Fix);

        // As the source, whose name the system still has.
        Assert.EndsWith(isWindows ? "SAC>" : "seed login:", failed.SerialLog, StringComparison.Ordinal);
        Assert.Equal(ImageTestState.Skipped, Assert.Single(result.Check, check => check is { VM: "test01", Name: "web" }).State);
        Assert.Empty(await scene.GroupsAsync());
    }

    [Fact]
    public async Task ScriptsAreRunOnEveryMachine()
    {
        using ImageTestScene scene = await ImageTestScene.OpenAsync();

        ImageTestResult result = await scene.TestAsync(scene.Options(new ImageScript("good", "echo fine"), new ImageScript("bad", "echo no web server >&2; exit 3")));

        Assert.Equal(ImageTestState.Failed, result.State);
        ImageTestCheck[] good = [.. result.Check.Where(check => check.Name == "good")];
        Assert.Equal(["test01", "test02"], good.Select(check => check.VM));
        Assert.All(good, check => Assert.Equal((ImageTestState.Passed, 0, "fine"), (check.State, check.ExitCode, check.Evidence)));
        ImageTestCheck[] bad = [.. result.Check.Where(check => check.Name == "bad")];
        Assert.Equal(2, bad.Length);
        Assert.All(bad, check => Assert.Equal((ImageTestState.Failed, 3, "Failed with exit code 3. no web server"), (check.State, check.ExitCode, check.Evidence)));
    }

    [Fact]
    public async Task MachinesThatAreTheSameFail()
    {
        using ImageTestScene scene = await ImageTestScene.OpenCarelessAsync();

        ImageTestResult result = await scene.TestAsync(scene.Options() with { Count = 3 });

        Assert.Equal(ImageTestState.Failed, result.State);
        ImageTestCheck[] failed = [.. result.Check.Where(check => check.State == ImageTestState.Failed)];
        Assert.Equal(["MachineId on test01", "HostKey on test01", "MachineId on test02", "HostKey on test02", "MachineId on test03", "HostKey on test03"], failed.Select(check => $"{check.Name} on {check.VM}"));
        Assert.EndsWith("; the same as test02, test03.", failed[0].Evidence);
        Assert.Contains("Invoke-Generalize", failed[0].Fix);
        Assert.Contains("SHA256:", failed[1].Evidence);
        Assert.All(result.Check.Where(check => check.Name == "HostName"), check => Assert.Equal(ImageTestState.Passed, check.State));
    }

    [Fact]
    public async Task OneMachineCannotBeCompared()
    {
        using ImageTestScene scene = await ImageTestScene.OpenAsync();

        ImageTestResult result = await scene.TestAsync(scene.Options() with { Count = 1 });

        Assert.Equal(ImageTestState.Passed, result.State);
        Assert.Equal(["MachineId", "HostName", "HostKey"], result.Check.Where(check => check.State == ImageTestState.Skipped).Select(check => check.Name));
    }

    [Fact]
    public async Task WhatIsNotTheImagesFaultIsAnErrorAndNothingStays()
    {
        using ImageTestScene scene = await ImageTestScene.OpenAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "VirtualMachines_CreateOrUpdate", Effect = SandboxFaultEffect.OperationFailure, Code = "AllocationFailed", Message = "Allocation failed.", Count = 1 });

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.TestAsync(scene.Options()));

        Assert.Equal(ErrorIds.SkuNotAvailable, error.ErrorId);
        Assert.Empty(await scene.GroupsAsync());
    }

    [Fact]
    public async Task WhatTheQuotaDoesNotAllowIsSaidBeforeTheFirstChange()
    {
        using ImageTestScene scene = await ImageTestScene.OpenAsync();
        scene.Sandbox.Sandbox.CoreQuota = 3;
        string before = await WorldPicture.OfAsync(scene.Sandbox.Session);

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.TestAsync(scene.Options()));

        Assert.Equal(ErrorIds.QuotaExceeded, error.ErrorId);
        Assert.Contains("is 3, 0 are in use, and 2 machines of size Standard_D2s_v5 take 4 more: 1 are short", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("or pass a smaller -Count, another -Size or another region with -Location.", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, await WorldPicture.OfAsync(scene.Sandbox.Session));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OnlyWhatIsKeptIsSaidToStay(bool keep)
    {
        using ImageTestScene scene = await ImageTestScene.OpenAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "VirtualMachines_CreateOrUpdate", Effect = SandboxFaultEffect.Error, Status = 409, Code = "OperationNotAllowed", Message = "Not today." });
        var sink = new RecordingSink();

        await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.TestAsync(scene.Options() with { Keep = keep }, sink));

        Assert.Equal(keep, sink.Warnings.Any(warning => warning.Contains("is kept with what was made so far", StringComparison.Ordinal)));
        Assert.DoesNotContain(sink.Warnings, warning => warning.Contains("Remove-ImageVM", StringComparison.Ordinal));
        Assert.Equal(keep ? 1 : 0, (await scene.GroupsAsync()).Length);
    }

    [Fact]
    public async Task AForeignGroupIsLeftAlone()
    {
        using ImageTestScene scene = await ImageTestScene.OpenAsync();
        await scene.TestAsync(scene.Options() with { Keep = true });
        string name = (string)Assert.Single(await scene.GroupsAsync())["name"]!;
        await scene.Sandbox.SendAsync("PUT", $"/subscriptions/{scene.Sandbox.Session.SubscriptionId}/resourceGroups/{name}?api-version=2021-04-01", """{"location":"westeurope","tags":{}}""");

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.TestAsync(scene.Options()));

        Assert.Equal(ErrorIds.ResourceAlreadyExists, error.ErrorId);
        Assert.Single(await scene.GroupsAsync());
    }

    [Fact]
    public async Task AKeptGroupIsNoLeftoverAndGoesWithTheNextTest()
    {
        using ImageTestScene scene = await ImageTestScene.OpenAsync();

        ImageTestResult kept = await scene.TestAsync(scene.Options() with { Keep = true });

        JsonNode group = Assert.Single(await scene.GroupsAsync());
        Assert.Equal((string)group["name"]!, kept.KeptResourceGroupName);
        Assert.Equal(["test01", "test02"], await scene.Sandbox.NamesAsync(ResourceTypes.VirtualMachine, SandboxSession.ComputeVersion));
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await LeftoversAsync(scene));
        Assert.Null((await scene.TestAsync(scene.Options())).KeptResourceGroupName);
        Assert.Empty(await scene.GroupsAsync());
    }

    [Fact]
    public async Task WhatAKilledTestLeftIsALeftoverWhenItsTimeIsOver()
    {
        using ImageTestScene scene = await ImageTestScene.OpenAsync();
        Assert.True(await ProcessKill.RunAsync(scene.Sandbox.Session, 45, KillMoment.BeforeCall, (session, sink, token) => ImageTestService.TestAsync(session, [scene.Options()], new RunOptions(), sink, token)));
        Assert.Single(await scene.GroupsAsync());
        ImageLeftover[] early = await LeftoversAsync(scene);
        Assert.Contains(early, leftover => leftover.Kind == "VirtualMachine");
        Assert.All(early, leftover => Assert.False(leftover.IsSafeToRemove));

        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromHours(5));
        ImageLeftover[] late = await LeftoversAsync(scene);
        Assert.All(late, leftover => Assert.True(leftover.IsSafeToRemove, leftover.InUse));
        var sink = new RecordingSink();
        await LeftoverService.RemoveAsync(scene.Sandbox.Session, [.. late.Select(leftover => leftover.Id)], new ImageLeftoverQuery(), new RunOptions(), sink, Token);

        Assert.Empty(sink.Errors);
        Assert.Empty(await scene.GroupsAsync());
    }

    private static async Task<ImageLeftover[]> LeftoversAsync(ImageTestScene scene)
    {
        var sink = new RecordingSink();
        await LeftoverService.GetAsync(scene.Sandbox.Session, new ImageLeftoverQuery(), sink, Token);
        return [.. sink.Items.Cast<ImageLeftover>()];
    }
}
