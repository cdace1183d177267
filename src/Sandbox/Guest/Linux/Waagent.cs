using System.Text;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Guest.Linux;

/// <summary>
/// What <c>waagent -deprovision[+user]</c> removes and, as important, what it leaves: measured with the real packages. An
/// exit code of 0 proves nothing.
/// </summary>
internal static class Waagent
{
    /// <summary>Runs the agent's command line.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="args">Arguments; one or two dashes in front of each.</param>
    /// <param name="answer">First line of standard input, or null when it is closed.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <returns>The exit code.</returns>
    public static int Run(
        GuestMachine machine, IReadOnlyList<string> args, string? answer, StringBuilder output, StringBuilder error)
    {
        string[] switches = [.. args.Select(static a => a.TrimStart('-').ToLowerInvariant())];
        if (switches.Contains("version"))
        {
            string version = machine.Disk.Has(GuestFaultKind.AgentOutdated) ? machine.Disk.Detail(GuestFaultKind.AgentOutdated) ?? "2.2.45" : "2.12.0.2";
            output.Append($"WALinuxAgent-{version} running on linux\nPython: 3.12.3\nGoal state agent: {version}\n");
            return 0;
        }

        bool withUser = switches.Contains("deprovision+user");
        if (!withUser && !switches.Contains("deprovision"))
        {
            output.Append("usage: waagent [-verbose] [-force] [-help] -deprovision[+user]|-version|-daemon|-start\n");
            return 0;
        }

        return Deprovision(machine, withUser, switches.Contains("force"), answer, output, error);
    }

    private static int Deprovision(
        GuestMachine machine, bool withUser, bool force, string? answer, StringBuilder output, StringBuilder error)
    {
        GuestFileSystem files = machine.Disk.Files;
        string? user = withUser ? ProvisionedUser(files) : null;
        Warn(machine, withUser, user, output);
        if (!force)
        {
            output.Append("Do you want to proceed (y/n)");
            if (answer is null)
            {
                error.Append("EOFError: EOF when reading a line\n");
                return 1;
            }

            if (!answer.StartsWith("y", StringComparison.OrdinalIgnoreCase))
            {
                return 0;
            }
        }

        machine.StopAgent();
        if (machine.Disk.Has(GuestFaultKind.DeprovisionFails))
        {
            error.Append("ModuleNotFoundError: No module named 'distutils'\n");
            return 1;
        }

        Clean(machine);
        if (user is not null)
        {
            new LinuxAccounts(files).Remove(user, withHome: true);
        }

        return 0;
    }

    private static void Warn(GuestMachine machine, bool withUser, string? user, StringBuilder output)
    {
        output.Append("WARNING! The waagent service will be stopped.\n");
        output.Append("WARNING! All SSH host key pairs will be deleted.\n");
        output.Append("WARNING! Cached DHCP leases will be deleted.\n");
        if (DeletesRootPassword(machine.Disk.Files)) output.Append("WARNING! root password will be disabled. You will not be able to login as root.\n");
        output.Append(KeepsResolvConf(machine.Disk)
            ? "WARNING! /etc/resolv.conf will NOT be removed, this is a behavior change to earlier versions of Ubuntu.\n"
            : "WARNING! /etc/resolv.conf will be deleted.\n");
        if (withUser && user is null)
        {
            output.Append("WARNING! ovf-env.xml is not found.\nWARNING! Skip delete user.\n");
        }
        else if (user is not null)
        {
            output.Append("WARNING! ").Append(user).Append(" account and entire home directory will be deleted.\n");
        }
    }

    private static void Clean(GuestMachine machine)
    {
        GuestFileSystem files = machine.Disk.Files;
        foreach (string key in files.Match($"{LinuxPaths.Ssh}/ssh_host_*"))
        {
            files.Delete(key);
        }

        files.Delete(LinuxPaths.DhcpLeases);
        files.Write(LinuxPaths.HostName, "localhost.localdomain\n");
        if (DeletesRootPassword(files)) new LinuxAccounts(files).SetPassword("root", "*LOCK*");
        files.Delete(LinuxPaths.Agent);
        files.MakeDirectory(LinuxPaths.Agent);
        files.Delete(LinuxPaths.ExtensionLogs);
        files.MakeDirectory(LinuxPaths.ExtensionLogs);
        files.Delete(LinuxPaths.AgentLog);
        files.Delete(LinuxPaths.RootHistory);
        if (!KeepsResolvConf(machine.Disk))
        {
            files.Delete(LinuxPaths.ResolvConf);
        }
    }

    // The agent's own default is not to (azurelinuxagent/common/conf.py).
    private static bool DeletesRootPassword(GuestFileSystem files) =>
        Regex.IsMatch(files.Read("/etc/waagent.conf") ?? string.Empty, "^Provisioning\\.DeleteRootPassword=y", RegexOptions.Multiline | RegexOptions.IgnoreCase);

    private static bool KeepsResolvConf(GuestDisk disk) => disk.OsName == "ubuntu";

    private static string? ProvisionedUser(GuestFileSystem files)
    {
        Match match = Regex.Match(files.Read(LinuxPaths.OvfEnv) ?? string.Empty, "<UserName>(?<name>[^<]+)</UserName>");
        return match.Success ? match.Groups["name"].Value : null;
    }
}
