using ImageCmdlets.Engine.Generalization;

namespace ImageCmdlets.Engine.Tests.Generalization;

/// <summary>The audit of a Linux root, through a run command and with this computer's own shell.</summary>
public sealed class ResidueTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("residue-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task AMachineInUseHasWhatIsItsOwn()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);

        ImageResidue residue = await TestAsync(rig);

        Assert.Equal((rig.Machine.Id, "web01", "/", false, 0), (residue.Id, residue.Name, residue.Path, residue.IsClean, residue.OmittedCount));
        string[] found = [.. residue.Finding.Select(finding => $"{finding.RuleId} {finding.Severity} {finding.Target}")];
        Assert.Equal(found.Distinct(), found);
        Assert.Superset(
            new HashSet<string>
            {
                "Linux.HostKeys Error /etc/ssh/ssh_host_ecdsa_key", "Linux.HostKeys Error /etc/ssh/ssh_host_ed25519_key", "Linux.HostKeys Error /etc/ssh/ssh_host_rsa_key",
                "Linux.MachineId Error /etc/machine-id", "Linux.OvfEnv Error /var/lib/waagent/ovf-env.xml", "Linux.AgentState Error /var/lib/waagent",
                "Linux.CloudInitData Error /var/lib/cloud/instances", "Linux.CloudInitData Error /var/lib/cloud/data",
                "Linux.ProvisionedUser Error /home/azureuser", "Linux.AuthorizedKeys Error /home/azureuser/.ssh/authorized_keys",
                "Linux.AgentLogs Warning /var/log/waagent.log", "Linux.CloudInitLogs Warning /var/log/cloud-init.log",
            },
            new HashSet<string>(found));
        Assert.Equal(FindingSeverity.Error, residue.Finding[0].Severity);
        Assert.All(residue.Finding, finding => Assert.False(string.IsNullOrEmpty(finding.Fix), finding.RuleId));
        AssertNothingLeft(rig);
    }

    [Fact]
    public async Task WhatDoesNotFitIntoOneAnswerIsAskedForInParts()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        string[] before = [.. (await TestAsync(rig)).Finding.Select(finding => finding.Target!)];
        string[] more = [.. Enumerable.Range(10, 60).Select(i => $"/etc/ssh/ssh_host_{new string('x', 100)}{i}_key")];
        await rig.RunInGuestAsync("RunShellScript", string.Join("\n", more.Select(path => $"echo key > {path}")));

        ImageResidue residue = await TestAsync(rig);

        Assert.Equal(before.Concat(more).Order(StringComparer.Ordinal), residue.Finding.Select(finding => finding.Target!).Order(StringComparer.Ordinal));
        Assert.Equal(0, residue.OmittedCount);
        AssertNothingLeft(rig);
    }

    [Fact]
    public async Task StoppedAfterAnyCallAndRunAgainItEndsTheSame()
    {
        int calls = await StopAsync(int.MaxValue);
        Assert.InRange(calls, 5, 100);
        for (int call = 1; call <= calls; call += Interruption.Stride)
            await StopAsync(call);
    }

    [Fact]
    public async Task AWindowsMachineIsRefused()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        string before = rig.Sandbox.GetStatistics().Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => TestAsync(rig));

        Assert.Equal(ErrorIds.OSTypeMismatch, error.ErrorId);
        Assert.Equal(before, rig.Sandbox.GetStatistics().Fingerprint);
    }

    [Fact]
    public async Task AFolderIsAuditedWithThisComputersShell()
    {
        Assert.SkipUnless(LinuxScriptRig.IsPossible, "There is no /bin/sh.");
        Write("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nalice:x:1000:1000::/home/alice:/bin/sh\n");
        Write("etc/shadow", "root:$6$salt$hash:19700::::::\nalice:!:19700::::::\n");
        Write("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        Write("etc/fstab", "# a comment\n/dev/sda1 / ext4 defaults 0 1\nUUID=1-2 /boot ext4 defaults 0 1\n/dev/mapper/vg-home /home ext4 defaults 0 1");
        Write("etc/sudoers.d/90-cloud-init-users", "# User rules for azureuser\nazureuser ALL=(ALL) NOPASSWD:ALL\nalice ALL=(ALL) \\\nghost NOPASSWD:ALL\nDefaults env_reset");
        Write("home/alice/.bash_history", "ls\n");

        ImageResidue residue = Assert.IsType<ImageResidue>(await TestRootAsync(_root));

        Assert.Null(residue.Id);
        Assert.Equal((_root, false), (residue.Path, residue.IsClean));
        Assert.Equal(
            [
                "Linux.MachineId Error /etc/machine-id", "Linux.RootPassword Error /etc/shadow: has a password",
                "Linux.SudoersUnknownUser Error /etc/sudoers.d/90-cloud-init-users: azureuser",
                "Linux.FstabByDevice Warning /etc/fstab: by name of device: /dev/sda1", "Linux.ShellHistory Warning /home/alice/.bash_history: alice",
                "Linux.FstabByDevice Information /etc/fstab: logical volumes: 1", "Linux.FstabByDevice Information /etc/fstab: by UUID or label: 1",
                "Linux.ProvisionedUser Information /home/alice: alice has no password",
            ],
            residue.Finding.Select(finding => $"{finding.RuleId} {finding.Severity} {finding.Evidence}"));
    }

    [Fact]
    public async Task AnEmptyFolderIsClean()
    {
        Assert.SkipUnless(LinuxScriptRig.IsPossible, "There is no /bin/sh.");

        ImageResidue residue = Assert.IsType<ImageResidue>(await TestRootAsync(_root));

        Assert.True(residue.IsClean);
        Assert.Empty(residue.Finding);
    }

    [Fact]
    public async Task AFolderThatIsNotThereIsAnError() =>
        Assert.Equal(ErrorIds.FileNotFound, Assert.IsType<ImageCmdletsException>(await TestRootAsync(Path.Combine(_root, "nowhere"))).ErrorId);

    [Theory]
    [InlineData("")]
    [InlineData("imagecmdlets-residue\t1\t/\nLinux.HostKeys\tError\t/etc/ssh/key\t\n")]
    [InlineData("imagecmdlets-residue-end\tmany\n")]
    public void AReportWithoutItsEndIsNone(string output) => Assert.Null(ResidueReport.Find(output));

    [Fact]
    public void AReportThatWasCutSaysSo()
    {
        ResidueReport report = ResidueReport.Find("ys\tError\t/etc/ssh/a\t\nLinux.NewRule\tWarning\t/b\tof a newer module\nimagecmdlets-residue-end\t9\n")!;

        Assert.False(report.IsWhole);
        Assert.Equal(9, report.Count);
        Assert.Equal("Linux.NewRule", report.Finding[^1].RuleId);
    }

    private void Write(string path, string text)
    {
        string full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private static async Task<object> TestRootAsync(string root)
    {
        var sink = new RecordingSink();
        await ResidueService.TestRootAsync([root], sink, Token);
        return Assert.Single(sink.Items.Concat(sink.Errors));
    }

    private static async Task<int> StopAsync(int call)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        int calls = await Interruption.RunUntilAsync(call, (sink, token) => ResidueService.TestAsync(rig.Session, [rig.Machine.Id], new RunOptions(), sink, token));
        Assert.NotEmpty((await TestAsync(rig)).Finding);
        AssertNothingLeft(rig);
        return calls;
    }

    private static async Task<ImageResidue> TestAsync(GeneralizeRig rig)
    {
        var sink = new RecordingSink();
        await ResidueService.TestAsync(rig.Session, [rig.Machine.Id], new RunOptions(), sink, Token);
        Assert.Empty(sink.Errors);
        Assert.Empty(sink.Warnings);
        return Assert.Single(sink.Items.OfType<ImageResidue>());
    }

    private static void AssertNothingLeft(GeneralizeRig rig) =>
        Assert.DoesNotContain(rig.Sandbox.GetStatistics().ResourcesByType.Keys, type => type.EndsWith("/runCommands", StringComparison.OrdinalIgnoreCase));
}
