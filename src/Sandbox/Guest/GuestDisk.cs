using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Guest.Linux;
using ImageCmdlets.Sandbox.Guest.Windows;

namespace ImageCmdlets.Sandbox.Guest;

/// <summary>
/// What is on an operating system disk. It travels with every copy of the disk (snapshot, image, disk made of either), so that
/// a machine made of a disk that was never generalized can be told from one that was.
/// </summary>
internal sealed class GuestDisk
{
    /// <summary>Creates an empty disk.</summary>
    /// <param name="windows">Which family of operating systems is on it.</param>
    public GuestDisk(bool windows)
        : this(windows, new GuestFileSystem(windows), new GuestRegistry())
    {
    }

    private GuestDisk(bool windows, GuestFileSystem files, GuestRegistry registry)
    {
        IsWindows = windows;
        Files = files;
        Registry = registry;
    }

    /// <summary>The size of every system disk that a guest sees.</summary>
    public const int SizeMegabytes = 30 * 1024;

    // What a fresh installation leaves.
    private const int UsualFreeMegabytes = 20 * 1024;
    private const int FullFreeMegabytes = 50;

    public bool IsWindows { get; }

    /// <summary>What is left on the system's disk.</summary>
    public int FreeMegabytes => !Has(GuestFaultKind.DiskFull) ? UsualFreeMegabytes
        : int.TryParse(Detail(GuestFaultKind.DiskFull), out int left) ? left : FullFreeMegabytes;

    /// <summary>As the agent reports it, for example <c>ubuntu</c> or <c>Windows Server 2022 Datacenter</c>.</summary>
    public string OsName { get; set; } = string.Empty;

    /// <summary>As the agent reports it, for example <c>24.04</c> or <c>10.0.20348.3207</c>.</summary>
    public string OsVersion { get; set; } = string.Empty;

    public GuestFileSystem Files { get; }

    /// <summary>Empty on Linux.</summary>
    public GuestRegistry Registry { get; }

    /// <summary>What is wrong with this installation and cannot be seen in its files.</summary>
    public List<GuestFault> Faults { get; } = [];

    /// <summary>
    /// True when a machine made of this disk sets itself up anew at its first boot: Windows by the image state that sysprep
    /// leaves, Linux by the absence of the agent's mark that it has provisioned the machine.
    /// </summary>
    public bool IsGeneralized => IsWindows
        ? WindowsPaths.ResealedStates.Contains(Registry.Get(WindowsPaths.SetupState, "ImageState"))
        : !Files.IsFile(LinuxPaths.Provisioned);

    /// <summary>Breaks the installation.</summary>
    public void Break(GuestFault fault)
    {
        if (IsWindows)
            WindowsTraces.Leave(this, fault);
        else
            LinuxDefects.Apply(this, fault);
        if (!IsWindows || !WindowsDefects.Apply(Registry, fault)) Faults.Add(fault);
    }

    /// <summary>Puts right what faults have broken, and what a sysprep that failed has left, as an administrator would in the guest.</summary>
    public void Mend()
    {
        Faults.Clear();
        if (IsWindows)
        {
            WindowsDefects.Mend(Registry);
            WindowsTraces.Remove(this);
        }
        else
        {
            LinuxDefects.Mend(Files);
        }
    }

    /// <summary>Whether a file has the attribute that forbids changes.</summary>
    public bool IsImmutable(string path) =>
        Has(GuestFaultKind.ImmutableFile) && path == (Detail(GuestFaultKind.ImmutableFile) ?? LinuxPaths.HostName);

    /// <summary>What a fault is about; null when there is no such fault, or it says nothing.</summary>
    public string? Detail(GuestFaultKind kind) => Faults.Find(fault => fault.Kind == kind)?.Detail;

    /// <summary>Whether something is wrong that no file shows.</summary>
    public bool Has(GuestFaultKind kind) => Faults.Exists(fault => fault.Kind == kind);

    public GuestDisk Clone()
    {
        var copy = new GuestDisk(IsWindows, Files.Clone(), Registry.Clone()) { OsName = OsName, OsVersion = OsVersion };
        copy.Faults.AddRange(Faults);
        return copy;
    }

    public JsonObject Save() => new()
    {
        ["windows"] = IsWindows,
        ["osName"] = OsName,
        ["osVersion"] = OsVersion,
        ["fileSystem"] = Files.Save(),
        ["registry"] = Registry.Save(),
        ["faults"] = new JsonArray([.. Faults.Select(static f => (JsonNode)new JsonObject
        {
            ["kind"] = f.Kind.ToString(),
            ["detail"] = f.Detail,
        })]),
    };

    public static GuestDisk Load(JsonObject saved)
    {
        bool windows = saved["windows"]!.GetValue<bool>();
        var disk = new GuestDisk(
            windows,
            GuestFileSystem.Load(windows, saved["fileSystem"]!.AsObject()),
            GuestRegistry.Load(saved["registry"]!.AsObject()))
        {
            OsName = saved["osName"]!.GetValue<string>(),
            OsVersion = saved["osVersion"]!.GetValue<string>(),
        };
        foreach (JsonNode? fault in saved["faults"]!.AsArray())
        {
            var kind = (GuestFaultKind)Enum.Parse(typeof(GuestFaultKind), fault!["kind"]!.GetValue<string>());
            disk.Faults.Add(new GuestFault(kind, (string?)fault["detail"]));
        }

        return disk;
    }
}
