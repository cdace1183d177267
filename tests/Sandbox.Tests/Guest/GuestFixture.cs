using ImageCmdlets.Sandbox.Guest;
using ImageCmdlets.Sandbox.Guest.Linux;
using ImageCmdlets.Sandbox.Guest.Windows;

namespace ImageCmdlets.Sandbox.Tests.Guest;

/// <summary>Machines as Azure has just set them up.</summary>
internal static class GuestFixture
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public static GuestMachine Linux(string osName = "debian", string osVersion = "12.9") =>
        Booted(LinuxSetup.Install(osName, osVersion));

    public static GuestMachine Windows() => Booted(WindowsSetup.Install("Windows Server 2022 Datacenter", "10.0.20348.3207"));

    public static GuestMachine Booted(GuestDisk disk, string name = "web01", string vmId = "11111111-1111-4111-8111-111111111111")
    {
        var profile = new GuestProfile
        {
            VmId = vmId,
            ComputerName = name,
            AdminUserName = "azureuser",
            CustomData = "I2Nsb3VkLWNvbmZpZwo=",
        };
        var machine = new GuestMachine(disk, profile, Start);
        machine.Boot(TimeSpan.FromSeconds(30));
        machine.AdvanceTo(Start.AddSeconds(30));
        return machine;
    }

    /// <summary>Runs a script as run command does and lets a time pass.</summary>
    public static GuestRun Run(this GuestMachine machine, string script, double seconds = 60)
    {
        var run = new GuestRun(script, []);
        machine.Submit(run);
        machine.AdvanceTo(machine.Now.AddSeconds(seconds));
        return run;
    }
}
