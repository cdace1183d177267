using ImageCmdlets.Sandbox.Guest;

namespace ImageCmdlets.Sandbox.Tests.Guest;

/// <summary>What was measured with the real waagent and cloud-init on Debian 12 (T1 to T9).</summary>
public sealed class DeprovisionTests
{
    private static readonly string[] s_removed =
    [
        "/etc/ssh/ssh_host_rsa_key", "/var/lib/waagent/ovf-env.xml", "/var/lib/waagent/provisioned", "/var/log/waagent.log",
        "/var/lib/dhcp/dhclient.eth0.leases", "/etc/resolv.conf", "/root/.bash_history",
    ];

    private static readonly string[] s_left =
    [
        "/etc/machine-id", "/var/lib/cloud/data/instance-id", "/var/log/cloud-init.log", "/var/log/azure",
        "/etc/sudoers.d/90-cloud-init-users", "/home/other/.bash_history",
    ];

    [Fact]
    public void T1DeprovisionWithUserRemovesLessThanPeopleThink()
    {
        GuestMachine machine = Used();
        machine.Run("nohup waagent -force -deprovision+user > /tmp/out 2>&1; echo $? > /tmp/code");
        Assert.Equal("0\n", machine.Disk.Files.Read("/tmp/code"));
        Assert.All(s_removed, p => Assert.False(machine.Disk.Files.Exists(p), p));
        Assert.All(s_left, p => Assert.True(machine.Disk.Files.Exists(p), p));
        Assert.Empty(machine.Disk.Files.List("/var/log/azure"));
        Assert.False(machine.Disk.Files.Exists("/home/azureuser"));
        Assert.DoesNotContain("azureuser", machine.Disk.Files.Read("/etc/passwd"));
        Assert.Contains("other:", machine.Disk.Files.Read("/etc/passwd"));
        Assert.StartsWith("root:*LOCK*:", machine.Disk.Files.Read("/etc/shadow"));
        Assert.Equal("localhost.localdomain\n", machine.Disk.Files.Read("/etc/hostname"));
        Assert.True(machine.Disk.IsGeneralized);
    }

    [Theory]
    [InlineData("T2")]
    [InlineData("T3")]
    public void T2AndT3WithoutTheEnvironmentFileTheUserStaysAndTheCodeIsStill0(string test)
    {
        GuestMachine machine = Used();
        machine.Disk.Files.Delete("/var/lib/waagent/ovf-env.xml");
        machine.Run("waagent -force -deprovision+user > /tmp/out; echo $? >> /tmp/out");
        string output = machine.Disk.Files.Read("/tmp/out")!;
        Assert.True(output.Contains("WARNING! ovf-env.xml is not found.\nWARNING! Skip delete user.\n", StringComparison.Ordinal),
            test);
        Assert.EndsWith("0\n", output);
        Assert.True(machine.Disk.Files.Exists("/home/azureuser"));
    }

    [Fact]
    public void T5WithoutForceAndInputNothingIsRemoved()
    {
        GuestMachine machine = Used();
        GuestRun run = machine.Run("waagent -deprovision+user");
        Assert.Equal(1, run.Result?.ExitCode);
        Assert.Contains("EOFError", run.Result?.Error);
        Assert.All(s_removed, p => Assert.True(machine.Disk.Files.Exists(p), p));
    }

    [Fact]
    public void T7WithoutUserTheAccountStays()
    {
        GuestMachine machine = Used();
        machine.Run("waagent -force -deprovision");
        Assert.True(machine.Disk.Files.Exists("/home/azureuser"));
        Assert.False(machine.Disk.Files.Exists("/var/lib/waagent/ovf-env.xml"));
    }

    [Fact]
    public void T8CloudInitCleanTakesMachineIdAndDataTheSudoersFileStays()
    {
        GuestMachine machine = Used();
        machine.Run("cloud-init clean --logs --seed --machine-id && waagent -force -deprovision+user");
        Assert.Equal("uninitialized\n", machine.Disk.Files.Read("/etc/machine-id"));
        Assert.False(machine.Disk.Files.Exists("/var/lib/cloud/instances"));
        Assert.False(machine.Disk.Files.Exists("/var/log/cloud-init.log"));
        Assert.True(machine.Disk.Files.Exists("/home/other"));
        Assert.True(machine.Disk.Files.Exists("/etc/sudoers.d/90-cloud-init-users"));
    }

    [Fact]
    public void T9CloudInitCleanAloneLeavesTheMachineId()
    {
        GuestMachine machine = Used();
        string? id = machine.Disk.Files.Read("/etc/machine-id");
        machine.Run("cloud-init clean --logs");
        Assert.Equal(id, machine.Disk.Files.Read("/etc/machine-id"));
        Assert.False(machine.Disk.Files.Exists("/var/log/cloud-init.log"));
    }

    [Fact]
    public void UbuntuKeepsItsResolvConf()
    {
        GuestMachine machine = GuestFixture.Linux("ubuntu", "24.04");
        machine.Run("waagent -force -deprovision+user > /tmp/out");
        Assert.True(machine.Disk.Files.IsFile("/etc/resolv.conf"));
        Assert.Contains("/etc/resolv.conf will NOT be removed", machine.Disk.Files.Read("/tmp/out"));
    }

    [Fact]
    public void DeprovisioningInTheForegroundCutsItsOwnChannelUntilTheNextBoot()
    {
        GuestMachine machine = Used();
        GuestRun run = machine.Run("waagent -force -deprovision+user; echo done", 5400);
        Assert.Null(run.Result);
        Assert.False(machine.IsAgentReady);
        GuestRun later = machine.Run("echo later", 600);
        Assert.Null(later.StartedAt);
    }

    [Fact]
    public void DetachedDeprovisioningIsReportedFirst()
    {
        GuestMachine machine = Used();
        GuestRun run = machine.Run("systemd-run --on-active=10 waagent -force -deprovision+user", 5);
        Assert.Equal(0, run.Result?.ExitCode);
        Assert.False(machine.Disk.IsGeneralized);
        machine.AdvanceTo(machine.Now.AddSeconds(20));
        Assert.True(machine.Disk.IsGeneralized);
        Assert.False(machine.IsAgentReady);
    }

    [Fact]
    public void ACopyOfAMachineThatWasNotCleanedKeepsItsIdentity()
    {
        GuestMachine machine = Used();
        machine.Run("waagent -force -deprovision+user");
        string? id = machine.Disk.Files.Read("/etc/machine-id");
        GuestMachine copy = GuestFixture.Booted(machine.Disk.Clone(), "web02", "22222222-2222-4222-8222-222222222222");
        Assert.True(copy.IsProvisioned);
        Assert.Equal(id, copy.Disk.Files.Read("/etc/machine-id"));
        Assert.NotEqual(machine.Disk.Files.Read("/etc/ssh/ssh_host_rsa_key"), copy.Disk.Files.Read("/etc/ssh/ssh_host_rsa_key"));
    }

    [Fact]
    public void ACopyThatWasNeverGeneralizedNeverReportsProvisioned()
    {
        GuestMachine copy = GuestFixture.Booted(Used().Disk.Clone(), "web02");
        Assert.True(copy.IsAgentReady);
        Assert.False(copy.IsProvisioned);
    }

    [Fact]
    public void ADiskIsTheSameAfterSavingAndLoading()
    {
        GuestMachine machine = Used();
        machine.Disk.Break(new GuestFault(GuestFaultKind.AgentDies, "5"));
        string saved = machine.Save().ToJsonString();
        var loaded = GuestMachine.Load(System.Text.Json.Nodes.JsonNode.Parse(saved)!.AsObject());
        Assert.Equal(saved, loaded.Save().ToJsonString());
    }

    [Fact]
    public void AScriptThatSchedulesTheWorkAndAnswersFirstIsUnderstood()
    {
        GuestMachine machine = Used();
        GuestRun run = machine.Run(DetachedScript, 5);
        Assert.Equal("{\"outcome\":\"Scheduled\",\"agent\":\"WALinuxAgent-2.12.0.2 running on linux\"}\n", run.Result?.Output);
        Assert.Empty(run.Diagnostics);
        machine.AdvanceTo(machine.Now.AddSeconds(80));
        Assert.False(machine.IsRunning);
        Assert.True(machine.Disk.IsGeneralized);
        Assert.Equal("uninitialized\n", machine.Disk.Files.Read("/etc/machine-id"));
    }

    [Fact]
    public void AShutdownFromInsideStopsTheMachineLater()
    {
        GuestMachine machine = Used();
        machine.Run("shutdown -h +1", 5);
        Assert.True(machine.IsRunning);
        machine.AdvanceTo(machine.Now.AddSeconds(60));
        Assert.False(machine.IsRunning);
    }

    [Fact]
    public void AnAgentThatDiesNeverReports()
    {
        GuestMachine machine = Used();
        machine.Disk.Break(new GuestFault(GuestFaultKind.AgentDies, "5"));
        Assert.Null(machine.Run("sleep 10; echo x", 100).Result);
        Assert.False(machine.IsAgentReady);
    }

    private const string DetachedScript = """
        set -u
        escape() {
            printf '%s' "$1" | tr -d '\000-\037' | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g'
        }
        [ "$(id -u)" = 0 ] || exit 1
        version=$(waagent -version 2>/dev/null | sed -n 1p) || version=
        cat > /run/job.sh <<'JOB' || exit 1
        mkdir "$1" 2>/dev/null || exit 0
        cloud-init clean --logs --seed --machine-id >/dev/null 2>&1 || exit 1
        [ -L /var/lib/dbus/machine-id ] || rm -f /var/lib/dbus/machine-id
        waagent -force -deprovision+user </dev/null >/dev/null 2>&1 || exit 1
        [ ! -e /var/lib/waagent/provisioned ] || exit 1
        sync
        shutdown -h now || poweroff
        JOB
        systemd-run --on-active=60 /bin/sh /run/job.sh /run/lock >/dev/null 2>&1
        printf '{"outcome":"%s","agent":"%s"}\n' Scheduled "$(escape "$version")"
        """;

    private static GuestMachine Used()
    {
        GuestMachine machine = GuestFixture.Linux();
        machine.Run("useradd -m other; echo ls > /home/other/.bash_history; echo ls > /root/.bash_history");
        return machine;
    }
}
