using System.Text;

namespace ImageCmdlets.Sandbox.Guest.Linux;

/// <summary>What <c>cloud-init clean</c> removes by its switches.</summary>
internal static class CloudInit
{
    /// <summary>Runs the command line.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="args">Subcommand and switches.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <returns>The exit code.</returns>
    public static int Run(GuestMachine machine, IReadOnlyList<string> args, StringBuilder output, StringBuilder error)
    {
        switch (args.FirstOrDefault())
        {
            case "clean" when machine.Disk.Has(GuestFaultKind.CloudInitBusy):
                error.Append("ERROR: Could not remove /var/lib/cloud/instances: Device or resource busy\n");
                return 1;
            case "clean":
                Clean(machine, args);
                return 0;
            case "status":
                bool failed = machine.Disk.Has(GuestFaultKind.CloudInitFailed);
                output.Append(failed ? "status: error\n" : "status: done\n");
                return failed ? 1 : 0;
            case "--version":
                output.Append("/usr/bin/cloud-init 24.4\n");
                return 0;
            default:
                return 0;
        }
    }

    private static void Clean(GuestMachine machine, IReadOnlyList<string> args)
    {
        GuestFileSystem files = machine.Disk.Files;
        if (args.Contains("--logs") || args.Contains("-l"))
        {
            files.Delete(LinuxPaths.CloudInitLog);
            files.Delete(LinuxPaths.CloudInitOutput);
        }

        bool seed = args.Contains("--seed") || args.Contains("-s");
        foreach (string name in files.List(LinuxPaths.Cloud).Where(n => seed || n != "seed"))
        {
            files.Delete($"{LinuxPaths.Cloud}/{name}");
        }

        if (args.Contains("--machine-id"))
        {
            files.Write(LinuxPaths.MachineId, "uninitialized\n");
        }

        if (args.Contains("--reboot") || args.Contains("-r"))
        {
            machine.Schedule(GuestEventKind.Restart, TimeSpan.FromSeconds(1));
        }
    }
}
