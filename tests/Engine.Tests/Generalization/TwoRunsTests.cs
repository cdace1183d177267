using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Generalization;

/// <summary>Two processes run Invoke-Generalize on one machine, the second one a little later: neither does damage, and both tell the truth.</summary>
public sealed class TwoRunsTests
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task BothEndWithTheMachineGeneralized(bool isWindows, bool checksReadiness)
    {
        var others = new List<string>();
        for (int seconds = 0; seconds < 300; seconds += isWindows ? 15 : 6)
        {
            using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows);
            (string first, string second) = await RunTwiceAsync(rig, TimeSpan.FromSeconds(seconds), checksReadiness);

            await rig.AssertGeneralizedAsync();
            if (first != "Succeeded" || second != "Succeeded")
                others.Add($"{seconds} s: {first} / {second}");
        }

        Assert.True(others.Count == 0, string.Join("\n", others));
    }

    [Theory]
    [InlineData(GuestFaultKind.BitLocker)]
    [InlineData(GuestFaultKind.DeprovisionFails)]
    public async Task WhereTheGuestFailsNeitherSaysAnythingUntrue(GuestFaultKind fault)
    {
        bool isWindows = fault == GuestFaultKind.BitLocker;
        for (int seconds = 0; seconds < 240; seconds += 24)
        {
            using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows);
            rig.Sandbox.AddGuestFault(new SandboxGuestFault { Machine = "web01", Kind = fault });

            (string first, string second) = await RunTwiceAsync(rig, TimeSpan.FromSeconds(seconds), checksReadiness: false);

            Assert.All([first, second], outcome => Assert.Matches("^(GeneralizeFailed: 'web01' .*(BitLocker is on|waagent .* failed)|ResourceBusy: Another run of Invoke-Generalize works on 'web01')", outcome));
            Assert.Null((await rig.ReadAsync()).OSState);
        }
    }

    private static async Task<(string First, string Second)> RunTwiceAsync(GeneralizeRig rig, TimeSpan later, bool checksReadiness)
    {
        Task<string> first;
        Task<string> second;
        using (rig.Sandbox.Clock.Enter())
        {
            first = RunAsync(rig, TimeSpan.Zero, checksReadiness);
            second = RunAsync(rig, later, checksReadiness);
        }

        return (await first, await second);
    }

    private static async Task<string> RunAsync(GeneralizeRig rig, TimeSpan later, bool checksReadiness)
    {
        using var handler = new MortalHandler(rig.Sandbox, 0, KillMoment.BeforeCall);
        ImageSession session = OtherProcess.Open(rig.Session, handler);
        var sink = new RecordingSink();
        try
        {
            await rig.AfterAsync(later, () => GeneralizeService.GeneralizeAsync(session,
                [new GeneralizeOptions { Id = rig.Machine.Id, SkipReadiness = !checksReadiness }], new RunOptions(), sink, TestContext.Current.CancellationToken));
            return Assert.Single(sink.Items.OfType<GeneralizeResult>()).State;
        }
        catch (ImageCmdletsException exception)
        {
            return $"{exception.ErrorId}: {exception.Message}";
        }
    }
}
