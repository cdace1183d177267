using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Readiness;

/// <summary>What Azure knows without asking the guest.</summary>
public sealed class AzureReadinessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WithoutTheGuestNothingIsRunAndNothingChanges()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: true);
        rig.Break(GuestFaultKind.BitLocker);
        string before = rig.Sandbox.GetStatistics().Fingerprint;

        ImageReadiness readiness = await rig.TestAsync(skipInGuest: true);

        Assert.Null(readiness.IsReady);
        Assert.Equal(17, readiness.Check.Count(check => check is { State: ReadinessCheckState.Skipped, Reason: "-SkipInGuest" }));
        Assert.Equal(before, rig.Sandbox.GetStatistics().Fingerprint);
    }

    [Theory]
    [InlineData(ReadinessCheckName.BitLocker, null)]
    [InlineData(ReadinessCheckName.State, true)]
    [InlineData(ReadinessCheckName.Domain, null)]
    public async Task OnlyWhatWasLookedAtIsReady(ReadinessCheckName check, bool? isReady)
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: true);
        rig.Break(GuestFaultKind.BitLocker);

        ImageReadiness readiness = await rig.TestAsync(skipInGuest: true, check: [check]);

        Assert.Equal(isReady, readiness.IsReady);
        Assert.Equal(check, Assert.Single(readiness.Check).Name);
    }

    [Fact]
    public async Task OfAMachineThatIsGeneralizedNothingIsKnown()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: true);
        await rig.Machine.GeneralizeAsync();

        ImageReadiness readiness = await rig.TestAsync();

        Assert.Null(readiness.IsReady);
        Assert.Equal("Azure.VMGeneralized", readiness.Finding[0].RuleId);
    }

    [Fact]
    public async Task AMachineThatDoesNotRunIsAnErrorAndItsGuestIsNotAsked()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: false);
        await rig.Machine.PowerAsync(VMPowerAction.Deallocate);

        ImageReadiness readiness = await rig.TestAsync();

        Assert.False(readiness.IsReady);
        ImageFinding finding = Assert.Single(readiness.Finding, finding => finding.Severity == FindingSeverity.Error);
        Assert.Equal(("Azure.VMNotRunning", "PowerState/deallocated"), (finding.RuleId, finding.Evidence));
        Assert.All(readiness.Check.Skip(7), check => Assert.Equal("The machine is deallocated.", check.Reason));
    }

    [Theory]
    [InlineData("Microsoft.Azure.Security", "IaaSAntimalware", "Azure.ExtensionRemains", FindingSeverity.Warning, "extension ext: Microsoft.Azure.Security/IaaSAntimalware")]
    [InlineData("Microsoft.Azure.AzureDefenderForServers", "MDE.Windows", "Azure.ExtensionBreaksSysprep", FindingSeverity.Error, "extension ext: Microsoft.Azure.AzureDefenderForServers/MDE.Windows")]
    [InlineData("Microsoft.Azure.Security", "AzureDiskEncryption", "Azure.DiskEncryption", FindingSeverity.Error, "extension ext: Microsoft.Azure.Security/AzureDiskEncryption")]
    public async Task ExtensionsAreTold(string publisher, string type, string ruleId, FindingSeverity severity, string evidence)
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: true);
        await PutAsync(rig, $"{rig.Id}/extensions/ext", ArmApiVersions.Compute, new JsonObject
        {
            ["location"] = "westeurope",
            ["properties"] = new JsonObject { ["publisher"] = publisher, ["type"] = type, ["typeHandlerVersion"] = "1.0" },
        });

        ImageReadiness readiness = await rig.TestAsync(skipInGuest: true);

        ImageFinding finding = Assert.Single(readiness.Finding, finding => finding.Severity != FindingSeverity.Information);
        Assert.Equal((ruleId, severity, evidence), (finding.RuleId, finding.Severity, finding.Evidence));
    }

    [Theory]
    [InlineData("", "ReadOnly", FindingSeverity.Error)]
    [InlineData("/resourceGroups/images", "CanNotDelete", FindingSeverity.Warning)]
    [InlineData("vm", "CanNotDelete", FindingSeverity.Warning)]
    public async Task LocksOnAndAboveAreTold(string scope, string level, FindingSeverity severity)
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: false);
        string subscription = rig.Id.Split("/resourceGroups")[0];
        string locked = scope == "vm" ? rig.Id : subscription + scope;
        await PutAsync(rig, $"{locked}/providers/Microsoft.Authorization/locks/mine", ArmApiVersions.Locks,
            new JsonObject { ["properties"] = new JsonObject { ["level"] = level } });

        ImageReadiness readiness = await rig.TestAsync(skipInGuest: true);

        ImageFinding finding = Assert.Single(readiness.Finding, finding => finding.RuleId == "Azure.Locked");
        Assert.Equal(severity, finding.Severity);
        Assert.Equal($"{level} lock mine of {locked}", finding.Evidence, ignoreCase: true);
    }

    [Fact]
    public async Task WithoutTheRightToReadLocksThatCheckIsSkipped()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: false);
        rig.Sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.Forbidden, Action = "Microsoft.Authorization/locks/read", Count = 10 });

        ImageReadiness readiness = await rig.TestAsync();

        Assert.Null(readiness.IsReady);
        ReadinessCheck check = Assert.Single(readiness.Check, check => check.State == ReadinessCheckState.Skipped);
        Assert.Equal(ReadinessCheckName.Lock, check.Name);
        Assert.False(string.IsNullOrEmpty(check.Reason));
    }

    private static Task PutAsync(ReadinessRig rig, string id, string apiVersion, JsonObject body) =>
        Operation.RunAsync(rig.Machine.Session, new RecordingSink(), new RunOptions(), id, async operation =>
        {
            ArmAnswer begun = await operation.Arm.SendAsync(RequestMethod.Put, id, apiVersion, body, Token);
            await operation.Poller.WaitAsync(begun, id, null, Token);
        }, Token);
}
