using ImageCmdlets.Sandbox.Guest.Windows;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Cmdlets about services, packages, users, drives and the system.</summary>
internal static class PsSystemCommands
{
    public static IReadOnlyDictionary<string, Func<PsCall, Task>> Commands { get; } = new Dictionary<string, Action<PsCall>>
    {
        ["Get-Service"] = GetService,
        ["Start-Service"] = static c => Control(c, true),
        ["Restart-Service"] = static c => Control(c, true),
        ["Stop-Service"] = static c => Control(c, false),
        ["Set-Service"] = SetService,
        ["Get-AppxPackage"] = static c => Packages(c, AppxPackages.Installed(c.Registry)),
        ["Get-AppxProvisionedPackage"] = static c => Packages(c, AppxPackages.Provisioned(c.Registry)),
        ["Remove-AppxPackage"] = static c => c.Texts(0, "Package").ToList().ForEach(p => AppxPackages.Remove(c.Registry, p)),
        ["Remove-AppxProvisionedPackage"] = static c =>
            c.Texts(0, "PackageName").ToList().ForEach(p => AppxPackages.Unprovision(c.Registry, p)),
        ["Get-BitLockerVolume"] = Volume,
        ["Get-LocalUser"] = static c => c.Output.AddRange(c.Registry.Children(WindowsPaths.LocalUsers)
            .Select(static u => (object?)new PsTable(isObject: true) { ["Name"] = u, ["Enabled"] = true })),
        ["Remove-LocalUser"] = static c =>
            c.Texts(0, "Name").ToList().ForEach(u => c.Registry.Delete($@"{WindowsPaths.LocalUsers}\{u}")),
        ["Get-CimInstance"] = Instance,
        ["Get-WmiObject"] = Instance,
        ["Get-WindowsFeature"] = Features,
        ["Restart-Computer"] = static c => c.Machine.Schedule(GuestEventKind.Restart, TimeSpan.FromSeconds(5)),
        ["Stop-Computer"] = static c => c.Machine.Schedule(GuestEventKind.PowerOff, TimeSpan.FromSeconds(5)),
    }.ToDictionary(static p => p.Key, static p => PsObjectCommands.Do(p.Value));

    private static void GetService(PsCall call)
    {
        IReadOnlyList<string> all = PsSystem.Services(call.Machine);
        foreach (string wanted in call.Texts(0, "Name").DefaultIfEmpty("*"))
        {
            string[] found = [.. all.Where(s => GuestFileSystem.Fits(s, wanted, ignoreCase: true))];
            if (found.Length == 0 && wanted.IndexOf('*') < 0)
            {
                call.Fail($"Cannot find any service with service name '{wanted}'.");
            }

            call.Output.AddRange(found.Select(s => (object?)PsSystem.Service(call.Machine, s)));
        }
    }

    private static void Control(PsCall call, bool run)
    {
        foreach (string name in call.Texts(0, "Name"))
        {
            if (call.Registry.Has($@"{WindowsPaths.Services}\{name}"))
                PsSystem.Control(call.Machine, name, run);
            else
                call.Fail($"Cannot find any service with service name '{name}'.");
        }
    }

    private static void SetService(PsCall call)
    {
        string type = call.Text(-1, "StartupType", "StartMode").ToLowerInvariant();
        string start = type switch { "automatic" => "2", "disabled" => "4", "manual" => "3", _ => string.Empty };
        foreach (string name in call.Texts(0, "Name").Where(_ => start.Length > 0))
        {
            call.Registry.Set($@"{WindowsPaths.Services}\{name}", "Start", start);
        }
    }

    private static void Packages(PsCall call, IReadOnlyList<string> packages)
    {
        string pattern = call.Text(0, "Name");
        foreach (string package in packages)
        {
            string name = package.Split('_')[0];
            if (pattern.Length == 0 || GuestFileSystem.Fits(name, pattern, ignoreCase: true))
            {
                call.Output.Add(new PsTable(isObject: true)
                {
                    ["Name"] = name,
                    ["PackageFullName"] = package,
                    ["PackageName"] = package,
                    ["DisplayName"] = name,
                    ["Version"] = package.Split('_').ElementAtOrDefault(1) ?? string.Empty,
                    ["NonRemovable"] = false,
                    ["IsFramework"] = false,
                    ["SignatureKind"] = "Store",
                });
            }
        }
    }

    // Device encryption comes without protection: the volume is encrypted, and protection is off.
    private static void Volume(PsCall call)
    {
        bool encrypted = call.Machine.Disk.Has(GuestFaultKind.BitLocker);
        call.Output.Add(new PsTable(isObject: true)
        {
            ["MountPoint"] = "C:",
            ["VolumeStatus"] = encrypted ? "FullyEncrypted" : "FullyDecrypted",
            ["ProtectionStatus"] = "Off",
            ["EncryptionPercentage"] = encrypted ? 100L : 0L,
        });
    }

    private static void Features(PsCall call)
    {
        string pattern = call.Text(0, "Name");
        IEnumerable<string> roles = call.Machine.Disk.Faults.Where(static f => f.Kind == GuestFaultKind.ServerRole).Select(static f => f.Detail ?? "DHCP");
        foreach (string role in roles.Prepend("FileAndStorage-Services"))
        {
            if (pattern.Length > 0 && !GuestFileSystem.Fits(role, pattern, ignoreCase: true)) continue;
            call.Output.Add(new PsTable(isObject: true) { ["Name"] = role, ["DisplayName"] = role, ["Installed"] = true });
        }
    }

    private static void Instance(PsCall call)
    {
        string? domain = call.Machine.Disk.Has(GuestFaultKind.DomainJoined)
            ? call.Machine.Disk.Detail(GuestFaultKind.DomainJoined) ?? "corp.contoso.com"
            : null;
        string kind = call.Text(0, "ClassName", "Class", "Query").ToLowerInvariant();
        if (kind.Contains("operatingsystem"))
        {
            call.Output.Add(new PsTable(isObject: true)
            {
                ["Caption"] = "Microsoft " + call.Machine.Disk.OsName,
                ["Version"] = call.Machine.Disk.OsVersion,
                ["LastBootUpTime"] = call.Machine.BootedAt,
                ["ProductType"] = call.Machine.Disk.OsName.Contains("Server") ? 3L : 1L,
            });
        }
        else if (kind.Contains("computersystem"))
        {
            call.Output.Add(new PsTable(isObject: true)
            {
                ["Name"] = PsSystem.ComputerName(call.Machine),
                ["PartOfDomain"] = domain is not null,
                ["DomainRole"] = domain is null ? 2L : 3L,
                ["Domain"] = domain ?? "WORKGROUP",
            });
        }
        else if (kind.Contains("useraccount"))
        {
            // Win32_UserAccount: the machine's SID, and 500 for the built-in administrator; of the others only their order is assumed.
            string machine = call.Registry.Get(WindowsPaths.MachineSid, string.Empty) ?? string.Empty;
            long next = 1000;
            foreach (string user in call.Registry.Children(WindowsPaths.LocalUsers))
            {
                long number = user == "Administrator" ? 500L : next++;
                call.Output.Add(new PsTable(isObject: true) { ["Name"] = user, ["LocalAccount"] = true, ["SID"] = $"{machine}-{number}" });
            }
        }
        else if (kind.Contains("logicaldisk"))
        {
            call.Output.Add(new PsTable(isObject: true)
            {
                ["DeviceID"] = "C:",
                ["Size"] = GuestDisk.SizeMegabytes * 1024L * 1024L,
                ["FreeSpace"] = call.Machine.Disk.FreeMegabytes * 1024L * 1024L,
            });
        }
        else if (kind.Contains("softwarelicensingservice"))
        {
            call.Output.Add(new PsTable(isObject: true)
            {
                ["RemainingWindowsReArmCount"] = PsConvert.ToInt(
                    call.Registry.Get(WindowsPaths.Activation, "RemainingSysprepRuns")),
            });
        }
        else
        {
            call.Context.Note($"unknown class: {kind}");
        }
    }
}
