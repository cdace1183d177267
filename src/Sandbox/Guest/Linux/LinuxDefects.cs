namespace ImageCmdlets.Sandbox.Guest.Linux;

/// <summary>Faults that can be seen in the files of a Linux disk, and mended there.</summary>
internal static class LinuxDefects
{
    private const string Swap = "/mnt/swapfile none swap sw 0 0\n";
    private const string Device = "/dev/sdc1 /data ext4 defaults 0 2\n";

    /// <summary>Breaks the files. Some of it is done again at a first boot, which writes them.</summary>
    public static void Apply(GuestDisk disk, GuestFault fault)
    {
        GuestFileSystem files = disk.Files;
        switch (fault.Kind)
        {
            case GuestFaultKind.ExtraUser:
                AddUser(files, fault.Detail ?? "builder");
                break;
            case GuestFaultKind.ResourceDiskSwap:
                files.Append(LinuxPaths.FileSystems, Swap);
                break;
            case GuestFaultKind.DeviceName:
                files.Append(LinuxPaths.FileSystems, Device);
                break;
            case GuestFaultKind.OvfEnvMissing:
                files.Delete(LinuxPaths.OvfEnv);
                break;
        }
    }

    /// <summary>Takes away what can be mended in a file. Users that somebody made stay: they may be wanted.</summary>
    public static void Mend(GuestFileSystem files)
    {
        if (files.Read(LinuxPaths.FileSystems) is { } table) files.Write(LinuxPaths.FileSystems, table.Replace(Swap, string.Empty).Replace(Device, string.Empty));
    }

    private static void AddUser(GuestFileSystem files, string name)
    {
        new LinuxAccounts(files).Add(name);
        files.Write($"/home/{name}/.ssh/authorized_keys", $"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 {name}\n");
        files.Write($"/home/{name}/.bash_history", "ls\n");
        files.Write($"/etc/sudoers.d/{name}", $"{name} ALL=(ALL) NOPASSWD:ALL\n");
    }
}
