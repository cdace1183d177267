using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>What goes wrong on the way into another tenant.</summary>
public sealed class TenantCopyFaultTests
{
    private const int MostExtraCalls = 20;
    private static readonly RunOptions s_oneByOne = new() { ThrottleLimit = 1 };

    [Theory]
    [MemberData(nameof(TransientFaults.Names), MemberType = typeof(TransientFaults))]
    public async Task WhatPassesIsNotNoticed(string name)
    {
        long undisturbed = await CopyAsync(null, "undisturbed");
        int requests = 0;
        for (; ; requests += ProcessKill.Stride)
        {
            SandboxFault fault = TransientFaults.Of(name, requests);
            long calls = await CopyAsync(fault, $"{name} at request {requests}");
            if (fault.Hits == 0)
                break;

            Assert.True(calls <= undisturbed + MostExtraCalls, $"{name} at request {requests}: {calls} calls instead of {undisturbed}");
        }

        Assert.InRange(requests, 30, 300);
    }

    [Theory]
    [InlineData("Disks_CreateOrUpdate", SandboxFaultEffect.Forbidden, ErrorIds.AuthorizationFailed)]
    [InlineData("Disks_CreateOrUpdate", SandboxFaultEffect.OperationFailure, ErrorIds.QuotaExceeded)]
    [InlineData("Disks_GrantAccess", SandboxFaultEffect.Forbidden, ErrorIds.AuthorizationFailed)]
    [InlineData("Images_CreateOrUpdate", SandboxFaultEffect.Error, ErrorIds.QuotaExceeded)]
    public async Task OneRegionFailsAlone(string operation, SandboxFaultEffect effect, string errorId)
    {
        using TenantScene scene = await OpenAsync();
        string[] disks = await scene.Here.DisksAsync();
        scene.Sandbox.AddFault(new SandboxFault { Operation = operation, Location = "japaneast", Count = int.MaxValue, Effect = effect, Status = 409, Code = "QuotaExceeded", Message = "The quota is exceeded." });
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope", "japaneast");

        scene.Sandbox.ClearFaults();
        Assert.Equal(["japaneast Failed", "northeurope Succeeded"], sink.Items.Cast<ImageCopyResult>().Select(result => $"{result.Location} {result.State}").Order(StringComparer.Ordinal));
        Assert.Equal(errorId, Assert.Single(sink.Errors).ErrorId);
        await AssertTidyAsync(scene, sink, disks);
    }

    // Of what cannot be brought nothing stays: the upload is given up, which takes a footer, and the disk is removed.
    [Fact]
    public async Task AnUploadThatCannotBeEndedIsGivenUpAndRemoved()
    {
        using TenantScene scene = await OpenAsync();
        string[] disks = await scene.Here.DisksAsync();
        scene.Sandbox.AddFault(new SandboxFault { Operation = "PageBlob_UploadPagesFromURL", Skip = 2, Count = int.MaxValue, Status = 400, Code = "InvalidInput", Message = "No." });
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope");

        scene.Sandbox.ClearFaults();
        Assert.Equal(ErrorIds.InvalidRequest, Assert.Single(sink.Errors).ErrorId);
        Assert.Equal("Failed", Assert.Single(sink.Items.Cast<ImageCopyResult>()).State);
        await AssertTidyAsync(scene, sink, disks);
        await scene.CopyAsync(sink = new RecordingSink(), "northeurope");
        Assert.Equal("Succeeded", Assert.Single(sink.Items.Cast<ImageCopyResult>()).State);
    }

    // Killed while it is given up, what is left looks like a whole disk; it is never taken for one.
    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task WhatWasGivenUpIsNeverTakenForWhole(KillMoment moment)
    {
        using TenantScene undisturbed = await OpenAsync();
        await undisturbed.CopyAsync(new RecordingSink(), "northeurope");
        string expected = await WorldPicture.OfAsync(undisturbed.Here.Sandbox.Session);
        for (int call = 1; ; call++)
        {
            using TenantScene scene = await OpenAsync();
            scene.Sandbox.AddFault(new SandboxFault { Operation = "PageBlob_UploadPagesFromURL", Skip = 2, Count = int.MaxValue, Status = 400, Code = "InvalidInput", Message = "No." });
            bool wasKilled = await ProcessKill.RunAsync(scene.Here.Sandbox.Session, call, moment, (session, sink, token) =>
                Engine.Copying.CopyService.CopyAsync(session, Engine.Copying.CopyService.Targets(scene.Options(OtherProcess.OpenPartner(session), "northeurope")), s_oneByOne, sink, token));
            scene.Sandbox.ClearFaults();
            var again = new RecordingSink();
            await scene.CopyAsync(again, "northeurope");
            Assert.True(again.Errors.Count == 0, $"Killed at {moment} {call}: {again.Errors.FirstOrDefault()?.Message}");
            Assert.Equal(expected, await WorldPicture.OfAsync(scene.Here.Sandbox.Session));
            if (!wasKilled)
                break;
        }
    }

    [Fact]
    public async Task AccessThatRunsOutIsAskedForAgainAndRevokedAtTheEnd()
    {
        using TenantScene scene = await OpenAsync();
        scene.Sandbox.AddFault(new SandboxFault { Operation = "PageBlob_UploadPagesFromURL", Skip = 1, Status = 403, Code = "CannotVerifyCopySource", Message = "The signature has ended." });
        scene.Sandbox.AddFault(new SandboxFault { Operation = "PageBlob_UploadPagesFromURL", Skip = 3, Status = 403, Code = "AuthenticationFailed", Message = "The signature has ended." });
        var sink = new RecordingSink();

        await scene.Here.CopyAsync(sink, scene.Options(scene.There, "northeurope"), s_oneByOne);

        Assert.Equal("Succeeded", Assert.Single(sink.Items.Cast<ImageCopyResult>()).State);
        Assert.Equal(2, sink.VerboseLines.Count(line => line.EndsWith("has ended, and is asked for again.", StringComparison.Ordinal)));
        Assert.Single(sink.VerboseLines, line => line.StartsWith("Access to the snapshot 'imagecopy-", StringComparison.Ordinal));
        await scene.Here.AssertNothingLeftAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(12)]
    public async Task TwoRunsAtOnceBothSucceed(int secondsApart)
    {
        using TenantScene scene = await OpenAsync();
        RecordingSink[] sinks = [new(), new()];

        await scene.Here.TogetherAsync(secondsApart, () => scene.CopyAsync(sinks[0], "northeurope"), () => scene.CopyAsync(sinks[1], "northeurope"));

        Assert.All(sinks, sink => Assert.True(sink.Errors.Count == 0, string.Join("\n", sink.Errors.Select(error => error.ToString()).Concat(sink.VerboseLines))));
        Assert.All(sinks, sink => Assert.Equal("Succeeded", Assert.Single(sink.Items.Cast<ImageCopyResult>()).State));
        await scene.Here.AssertNothingLeftAsync();
    }

    private static async Task<TenantScene> OpenAsync()
    {
        TenantScene scene = await TenantScene.OpenAsync();
        scene.Furnish(scene.Here.OSDiskId);
        return scene;
    }

    private static async Task<long> CopyAsync(SandboxFault? fault, string what)
    {
        using TenantScene scene = await OpenAsync();
        long before = scene.Sandbox.GetStatistics().Requests;
        if (fault is not null)
            scene.Sandbox.AddFault(fault);
        var sink = new RecordingSink();
        await scene.Here.CopyAsync(sink, scene.Options(scene.There, "northeurope"), s_oneByOne);
        long calls = scene.Sandbox.GetStatistics().Requests - before;
        scene.Sandbox.ClearFaults();

        Assert.True(sink.Errors.Count == 0, $"{what}: {sink.Errors.FirstOrDefault()?.Message}");
        Assert.True(sink.Warnings.Count == 0, $"{what}: {sink.Warnings.FirstOrDefault()}");
        Assert.Equal(("Succeeded", "BlobCopy"), sink.Items.Cast<ImageCopyResult>().Select(result => (result.State, result.Method)).Single());
        await scene.Here.AssertNothingLeftAsync(what);
        return calls;
    }

    private static async Task AssertTidyAsync(TenantScene scene, RecordingSink sink, string[] disks)
    {
        scene.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(disks, await scene.Here.DisksAsync());
        await scene.Here.AssertNothingLeftAsync(string.Join(" ", sink.Warnings));
    }
}
