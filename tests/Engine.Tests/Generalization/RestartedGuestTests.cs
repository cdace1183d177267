using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Generalization;

/// <summary>A machine that is started again, stopped or deleted while a script of Invoke-Generalize is in its guest.</summary>
public sealed class RestartedGuestTests
{
    private static readonly RunOptions s_noWait = new() { NoWait = true };

    public static TheoryData<bool, string[]> Restarts => new()
    {
        { true, ["/restart"] }, { true, ["/powerOff", "/start"] }, { true, ["/deallocate", "/start"] },
        { false, ["/restart"] }, { false, ["/powerOff", "/start"] }, { false, ["/deallocate", "/start"] },
    };

    [Theory]
    [MemberData(nameof(Restarts))]
    public async Task AfterItTheSameCommandBeginsAnewAndDoesNotWaitForTheDeadScript(bool isWindows, string[] actions)
    {
        using GeneralizeRig rig = await BeginAsync(isWindows);
        foreach (string action in actions)
            await rig.ActAsync("POST", action);
        var sink = new RecordingSink();

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync(sink: sink);

        Assert.InRange(result!.Elapsed, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
        Assert.Single(sink.Warnings, warning => warning.StartsWith("'web01' was started again at 2026-01-05 08:", StringComparison.Ordinal));
        Assert.Equal("The script was handed to the guest.", result.Step.Last(step => step.Name == "GuestStep").Detail);
        if (isWindows)
        {
            // Cut off in the middle of sysprep, which says so and how to go on.
            Assert.Equal((ErrorIds.GeneralizeFailed, "Windows.InvalidState"), (error!.ErrorId, result.RootCause?.RuleId));
            Assert.False((await rig.ReadTracesAsync()).HasRunCommand);
            return;
        }

        Assert.Null(error);
        Assert.Equal("Succeeded", result.State);
        await rig.AssertGeneralizedAsync();
    }

    [Fact]
    public async Task AnotherChangeOfTheMachineDoesNotEndAScriptThatRuns()
    {
        using GeneralizeRig rig = await BeginAsync(isWindows: true);
        rig.Sandbox.Clock.Advance(TimeSpan.FromSeconds(25));
        await rig.ActAsync("PATCH", string.Empty, """{"tags":{"owner":"me"}}""");

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync();

        Assert.Null(error);
        Assert.Equal("Succeeded", result!.State);
        Assert.StartsWith("Found under way", result.Step[1].Detail, StringComparison.Ordinal);
        // One of the two asks the guest when it was started.
        Assert.Equal(2, Count(rig, "PUT Microsoft.Compute/virtualMachines/runCommands"));
    }

    [Fact]
    public async Task ARestartWhileItWaitsEndsTheWaiting()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        (GeneralizeResult? Result, ImageCmdletsException? Error) end = default;

        await rig.DoMeanwhileAsync(TimeSpan.FromSeconds(60), async () => end = await rig.GeneralizeAsync(), ("POST", "/restart"));

        Assert.Equal(ErrorIds.GeneralizeUnverified, end.Error!.ErrorId);
        Assert.Equal("'web01' is half generalized, do not use it and make no image of it: The machine was started again, which ended the work in its guest.", end.Error.Message);
        Assert.StartsWith("Run the command again", end.Error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("Unverified", end.Result!.State);
        Assert.InRange(end.Result.Elapsed, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));
        Assert.False((await rig.ReadTracesAsync()).HasRunCommand);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AMachineThatIsDeletedIsMissedSoon(bool isWindows)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows);
        if (!isWindows)
            await rig.RunInGuestAsync("RunShellScript", "mkdir /run/imagecmdlets-generalize.lock");
        (GeneralizeResult? Result, ImageCmdletsException? Error) end = default;

        await rig.DoMeanwhileAsync(TimeSpan.FromSeconds(50), async () => end = await rig.GeneralizeAsync(), ("DELETE", string.Empty));

        Assert.Equal((ErrorIds.VMNotFound, rig.Machine.Id), (end.Error!.ErrorId, end.Error.Target));
        Assert.InRange(end.Result!.Elapsed, TimeSpan.FromSeconds(50), TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData("/deallocate", "deallocated")]
    [InlineData("/powerOff", "stopped")]
    public async Task AMachineThatIsStoppedBeforeItAnswersEndsTheWaiting(string action, string state)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        (GeneralizeResult? Result, ImageCmdletsException? Error) end = default;

        await rig.DoMeanwhileAsync(TimeSpan.FromSeconds(60), async () => end = await rig.GeneralizeAsync(), ("POST", action));

        Assert.Equal(ErrorIds.GeneralizeUnverified, end.Error!.ErrorId);
        Assert.Equal($"Nobody knows whether 'web01' is generalized; it is {state}: The machine was stopped before its guest had answered.", end.Error.Message);
        Assert.StartsWith("Make no image of it", end.Error.RecommendedAction, StringComparison.Ordinal);
        Assert.InRange(end.Result!.Elapsed, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(8));
        Assert.Null((await rig.ReadAsync()).OSState);
    }

    [Fact]
    public async Task ALinuxMachineWhoseAgentDiesAndThatSwitchesItselfOffIsNotToBeStarted()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        rig.Sandbox.AddGuestFault(new SandboxGuestFault { Machine = "web01", Kind = GuestFaultKind.AgentDies });

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync();
        (GeneralizeResult? again, ImageCmdletsException? errorAgain) = await rig.GeneralizeAsync();

        foreach (ImageCmdletsException? each in new[] { error, errorAgain })
        {
            Assert.Equal(ErrorIds.GeneralizeUnverified, each!.ErrorId);
            Assert.StartsWith("Nobody knows whether 'web01' is generalized; it is stopped: The guest did not answer, its agent may have died; 'web01' has switched itself off since", each.Message, StringComparison.Ordinal);
            Assert.StartsWith("Do not start it again", each.RecommendedAction, StringComparison.Ordinal);
            Assert.Contains("Invoke-Generalize -FlagOnly", each.RecommendedAction, StringComparison.Ordinal);
            Assert.Contains("Restore-ImageSnapshot -ToVM", each.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.Equal(("Unverified", "Unverified"), (result!.State, again!.State));
        Assert.InRange(result.Elapsed, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));
        Assert.Null((await rig.ReadAsync()).OSState);
    }

    [Fact]
    public async Task TheMachineIsLookedAtOnceInFourLooksAtMost()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        rig.Sandbox.AddGuestFault(new SandboxGuestFault { Machine = "web01", Kind = GuestFaultKind.AgentDies });
        int before = Count(rig, "GET Microsoft.Compute/virtualMachines");

        await rig.GeneralizeAsync();

        int machine = Count(rig, "GET Microsoft.Compute/virtualMachines") - before;
        Assert.InRange(machine, 10, 4 + (Count(rig, "GET Microsoft.Compute/virtualMachines/runCommands") / 4));
    }

    private static async Task<GeneralizeRig> BeginAsync(bool isWindows)
    {
        GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows);
        await rig.GeneralizeAsync(s_noWait);
        rig.Sandbox.Clock.Advance(TimeSpan.FromSeconds(isWindows ? 60 : 20));
        return rig;
    }

    private static int Count(GeneralizeRig rig, string operation) => rig.Sandbox.GetStatistics().RequestsByOperation.GetValueOrDefault(operation);
}
