using System.Diagnostics;
using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Generalization;

namespace ImageCmdlets.Engine.Tests.Readiness;

/// <summary>The script that looks at Linux, in the shell of the machine that runs the tests, on a tree of its own.</summary>
public sealed partial class LinuxReadinessScriptTests : IDisposable
{
    private const string Shell = "/bin/sh";
    private readonly string _root = Directory.CreateTempSubdirectory("readiness-").FullName;

    public LinuxReadinessScriptTests()
    {
        Assert.SkipUnless(File.Exists(Shell), "This machine has no /bin/sh; the script is run on those that have.");
        Write("etc/passwd", "root:x:0:0:root:/root:/bin/bash\nazureuser:x:1000:1000::/home/azureuser:/bin/bash\nnobody:x:65534:65534::/:/usr/sbin/nologin\n");
        Write("etc/fstab", "# <file system> <mount point>\nUUID=1-2  /  ext4\tdefaults 0 1\n");
        Write("etc/sudoers.d/90-cloud-init-users", "# User rules for azureuser\nazureuser ALL=(ALL) NOPASSWD:ALL\n");
        Write("var/lib/waagent/ovf-env.xml", "<Environment><ns1:UserName>azureuser</ns1:UserName><ns1:UserPassword>*</ns1:UserPassword></Environment>\n");
        Write("home/azureuser/.ssh/authorized_keys", "ssh-ed25519 AAAA\n");
        StandIn("waagent", "echo 'WALinuxAgent-2.7.3.0 running on debian 12'");
        StandIn("cloud-init", "echo 'status: done'");
        StandIn("systemctl", "exit 0");
        StandIn("lsattr", "echo \"--------------e------- $2\"");
        StandIn("df", "printf 'Filesystem 1024-blocks Used Available Capacity Mounted on\\n/dev/root 30000000 1 20000000 1%% /\\n'");
    }

    [Fact]
    public async Task AFreshMachineHasNoFindings()
    {
        Assert.Equal(
            ["imagecmdlets-readiness 1 Linux", "C Agent", "C CloudInit", "C User", "C Sudoers", "C SshKey", "C MachineId", "C History", "C Swap", "C FileSystem",
                "C Scheduler", "C DiskSpace", "X 0"],
            await RunAsync());
    }

    [Theory]
    [InlineData("etc/passwd", "eve:x:1001:1001:,,,:/home/eve:/bin/zsh\n", "W User Linux.ExtraUser eve (/home/eve)")]
    [InlineData("etc/sudoers.d/ops", "%ops ALL=(ALL) NOPASSWD:ALL\n", "W Sudoers Linux.Sudoers /etc/sudoers.d/ops: %ops ALL=(ALL) NOPASSWD:ALL")]
    [InlineData("etc/sudoers.d/old", "gone ALL=(ALL) NOPASSWD:ALL\n", "W Sudoers Linux.SudoersUnknownUser /etc/sudoers.d/old: gone ALL=(ALL) NOPASSWD:ALL")]
    [InlineData("home/eve/.ssh/authorized_keys", "ssh-rsa A\nssh-rsa B\n", "W SshKey Linux.AuthorizedKeys /home/eve/.ssh/authorized_keys: 2 keys")]
    [InlineData("etc/ssh/ssh_host_rsa_key", "k\n", "I SshKey Linux.HostKeyPresent /etc/ssh: 1 keys")]
    [InlineData("etc/machine-id", "0123456789abcdef\n", "I MachineId Linux.MachineIdPresent /etc/machine-id")]
    [InlineData("etc/machine-id", "uninitialized\n", null)]
    [InlineData("etc/shadow", "root:$6$salt$hash:19700:0:99999:7:::\n", "I User Linux.RootPassword /etc/shadow: root has a password")]
    [InlineData("etc/shadow", "root::19700:0:99999:7:::\n", "I User Linux.RootPassword /etc/shadow: root needs no password")]
    [InlineData("etc/shadow", "root:*LOCK*:14600::::::\n", null)]
    [InlineData("etc/shadow", "root:!$6$salt$hash:19700::::::\n", null)]
    [InlineData("home/eve/.zsh_history", "ls\n", "I History Linux.ShellHistory /home/eve/.zsh_history")]
    [InlineData("home/azureuser/.bash_history", "ls\n", null)]
    [InlineData("etc/fstab", "/dev/sdb2\tnone   swap  sw 0 0\n", "W Swap Linux.FstabResourceDisk /etc/fstab: /dev/sdb2 none swap")]
    [InlineData("etc/fstab", "#/dev/sdb2 none swap sw 0 0\n", null)]
    [InlineData("etc/fstab", "/dev/sdc1 /data xfs defaults,nofail 0 2\n", "W FileSystem Linux.FstabByDevice /etc/fstab: /dev/sdc1 /data xfs defaults,nofail")]
    [InlineData("etc/fstab", "/dev/nvme1n1p1 /data xfs defaults 0 2\n", "E FileSystem Linux.FstabByDevice /etc/fstab: /dev/nvme1n1p1 /data xfs defaults")]
    [InlineData("etc/fstab", "/dev/mapper/vg-data /data xfs defaults 0 2\n", null)]
    [InlineData("var/log/waagent.log", "2026 INFO a\n2026 ERROR ExtHandler b\n2026 INFO c\n", "I Agent Linux.AgentLog 2026 ERROR ExtHandler b")]
    public async Task AFileIsFound(string path, string text, string? line)
    {
        Append(path, text);

        Assert.Equal(line is null ? [] : [line], (await RunAsync()).Where(IsFinding));
    }

    [Theory]
    [InlineData("waagent", "echo 'WALinuxAgent-2.2.46 running on centos 7'", "W Agent Linux.AgentVersion WALinuxAgent 2.2.46")]
    [InlineData("waagent", "echo 'WALinuxAgent-2.2.53.1 running on centos 7'", null)]
    [InlineData("waagent", "exit 1", "E Agent Linux.AgentBroken waagent -version says nothing")]
    [InlineData("systemctl", "exit 1", "E Agent Linux.AgentDisabled neither walinuxagent nor waagent is enabled")]
    [InlineData("cloud-init", "echo 'status: error'; exit 1", "E CloudInit Linux.CloudInitState status: error")]
    [InlineData("cloud-init", "echo 'status: disabled'", "W CloudInit Linux.CloudInitState status: disabled")]
    [InlineData("df", "printf 'Filesystem\\n/dev/root 1 1 51200 1%% /\\n'", "E DiskSpace Linux.DiskSpace / 50 MiB free")]
    public async Task AProgramIsAsked(string program, string does, string? line)
    {
        StandIn(program, does);

        Assert.Equal(line is null ? [] : [line], (await RunAsync()).Where(IsFinding));
    }

    [Fact]
    public async Task AFileThatCannotBeChangedIsFound()
    {
        StandIn("lsattr", $"case $2 in '{_root}/etc/shadow') echo \"----i---------e------- $2\";; *) echo \"--------------e------- $2\";; esac");

        Assert.Equal(["E FileSystem Linux.ImmutableFile /etc/shadow"], (await RunAsync()).Where(IsFinding));
    }

    [Fact]
    public async Task EvidenceIsOnlyTextAndTheWorstComesFirst()
    {
        Append("etc/sudoers.d/evil", "$(touch /tmp/x)`id`\" ALL NOPASSWD: " + new string('a', 400) + "\n");
        Append("etc/fstab", "/dev/sdc1 /data xfs defaults 0 2\n");

        string[] findings = [.. (await RunAsync()).Where(IsFinding)];

        Assert.StartsWith("E FileSystem ", findings[0], StringComparison.Ordinal);
        Assert.StartsWith("W Sudoers Linux.SudoersUnknownUser /etc/sudoers.d/evil: $(touch /tmp/x)`id`\" ALL NOPASSWD: aaa", findings[1], StringComparison.Ordinal);
        Assert.InRange(findings[1].Length, 200, 260);
    }

    [Fact]
    public async Task TheFixKeepsACopyAndTouchesOnlySwapOnTheResourceDisk()
    {
        Append("etc/fstab", "/mnt/swapfile none swap sw 0 0\nUUID=3 none swap sw 0 0\n");

        await RunAsync("Readiness.Scripts.Fixes.Linux.FstabResourceDisk.sh");

        string before = "# <file system> <mount point>\nUUID=1-2  /  ext4\tdefaults 0 1\n/mnt/swapfile none swap sw 0 0\nUUID=3 none swap sw 0 0\n";
        Assert.Equal(before, await File.ReadAllTextAsync(At("etc/fstab.imagecmdlets"), TestContext.Current.CancellationToken));
        Assert.Equal(before.Replace("/mnt", "# imagecmdlets: /mnt", StringComparison.Ordinal), await File.ReadAllTextAsync(At("etc/fstab"), TestContext.Current.CancellationToken));
        Assert.Equal(["fstab", "fstab.imagecmdlets"], Directory.GetFiles(At("etc"), "fstab*").Select(Path.GetFileName).Order());
    }

    public void Dispose()
    {
        if (Directory.Exists(_root))
            Directory.Delete(_root, recursive: true);
    }

    [GeneratedRegex(@"(?<![\w./=-])/(etc|var|home|root)\b")]
    private static partial Regex Rooted();

    private static bool IsFinding(string line) => line[0] is 'E' or 'W' or 'I' && line[1] == ' ';

    private string At(string path) => Path.Combine(_root, path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    private void Append(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.AppendAllText(At(path), text);
    }

    private void StandIn(string name, string does)
    {
        Write("bin/" + name, $"#!{Shell}\n{does}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(At("bin/" + name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Runs a script as the agent does; paths in its answer are told as they would be on a machine.</summary>
    private async Task<string[]> RunAsync(string place = "Readiness.Scripts.linux-readiness.sh")
    {
        Write("script.sh", Rooted().Replace(GuestScript.Read(place), match => _root + match.Value));
        var start = new ProcessStartInfo(Shell, [At("script.sh")]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["PATH"] = At("bin") + ":/usr/bin:/bin";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return [.. output.Replace(_root, string.Empty, StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
