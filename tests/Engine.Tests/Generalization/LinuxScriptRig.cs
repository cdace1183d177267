using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Generalization;

namespace ImageCmdlets.Engine.Tests.Generalization;

/// <summary>Runs the Linux script in a real shell, on a tree of its own instead of the directories that it names, with stand-ins
/// for everything that would change the machine; each stand-in writes its command line into one log.</summary>
internal sealed partial class LinuxScriptRig : IDisposable
{
    private const string Shell = "/bin/sh";
    private static readonly string[] s_standIns =
    [
        "waagent", "cloud-init", "systemd-run", "at", "setsid", "nohup", "shutdown", "poweroff", "sync", "id",
        "systemctl", "userdel", "usermod", "passwd", "pkill", "swapoff",
    ];
    private readonly string _root = Directory.CreateTempSubdirectory("generalize-").FullName;

    public LinuxScriptRig()
    {
        foreach (string directory in new[] { "bin", "etc", "run", "var/lib/waagent", "var/lib/dbus" })
            Directory.CreateDirectory(At(directory));

        foreach (string name in s_standIns)
            StandIn(name, string.Empty);
        StandIn("id", "case $* in -u) echo 0;; *) exit 1;; esac");
        StandIn("waagent", $"case $1 in -version) echo 'WALinuxAgent-2.7.3.0 running on debian 12';; *) rm -f '{At("var/lib/waagent/provisioned")}';; esac");
        StandIn("nohup", "exec \"$@\"");
        File.WriteAllText(At("etc/machine-id"), "0123456789abcdef0123456789abcdef\n");
        File.WriteAllText(At("etc/shadow"), "root:*:19700:0:99999:7:::\n");
        File.WriteAllText(At("var/lib/waagent/provisioned"), "vm");
        File.WriteAllText(At("var/lib/waagent/ovf-env.xml"), "<Environment><UserName>azureuser</UserName></Environment>");
        File.WriteAllText(At("run/atd.pid"), "1");
    }

    public static bool IsPossible => File.Exists(Shell);

    /// <summary>The command lines of the stand-ins since the last question, without <c>id</c>.</summary>
    public IReadOnlyList<string> TakeLog()
    {
        string path = At("log");
        string[] lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        File.Delete(path);
        return [.. lines.Where(line => !line.StartsWith("id ", StringComparison.Ordinal)).Select(line => line.Replace(_root, string.Empty, StringComparison.Ordinal).TrimEnd())];
    }

    /// <summary>Waits for what a job in the background writes down, so that it has ended before the tree goes.</summary>
    public async Task<string> WaitForLogAsync(string name, CancellationToken cancellationToken)
    {
        for (int look = 0; look < 500; look++)
        {
            string[] lines = File.Exists(At("log")) ? await File.ReadAllLinesAsync(At("log"), cancellationToken) : [];
            if (Array.Find(lines, line => line.StartsWith(name + " ", StringComparison.Ordinal)) is { } line)
                return line.Replace(_root, string.Empty, StringComparison.Ordinal);

            await Task.Delay(20, cancellationToken);
        }

        throw new InvalidOperationException($"The job never called {name}.");
    }

    public string At(string path) => Path.Combine(_root, path);

    /// <summary>Makes a command that writes down how it was called, then does something.</summary>
    public void StandIn(string name, string does)
    {
        string path = At("bin/" + name);
        File.WriteAllText(path, $"#!{Shell}\nprintf '%s %s\\n' {name} \"$*\" >> '{At("log")}'\n{does}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Runs the script as the agent does, and reads its answer.</summary>
    public async Task<(int ExitCode, JsonElement Report)> RunScriptAsync(CancellationToken cancellationToken)
    {
        string path = At("script.sh");
        string moved = Rooted().Replace(GuestScript.For(isWindows: false), match => _root + match.Value);
        await File.WriteAllTextAsync(path, moved, cancellationToken);
        (int exitCode, string output) = await RunAsync([path], cancellationToken);
        using JsonDocument document = JsonDocument.Parse(Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        return (exitCode, document.RootElement.Clone());
    }

    /// <summary>Runs what the script has scheduled, as systemd does a minute later.</summary>
    public async Task<int> RunJobAsync(CancellationToken cancellationToken) =>
        (await RunAsync([At("run/imagecmdlets-generalize.sh"), At("run/imagecmdlets-generalize.lock"), "deprovision+user", ",", ","], cancellationToken)).ExitCode;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [GeneratedRegex(@"(?<![\w./])/(etc|var|run|root|home|mnt|dev(?!/null))\b")]
    private static partial Regex Rooted();

    private async Task<(int ExitCode, string Output)> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Shell, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["PATH"] = At("bin") + ":/usr/bin:/bin";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output);
    }
}
