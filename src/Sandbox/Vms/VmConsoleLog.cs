using System.Globalization;
using System.Text;
using ImageCmdlets.Sandbox.Blobs;
using ImageCmdlets.Sandbox.Guest;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>What a machine writes to its serial console, and the blob in which boot diagnostics keep it.</summary>
internal static class VmConsoleLog
{
    private const string ContainerPrefix = "bootdiagnostics-", Suffix = ".serialconsole.log";
    private const int Page = 512;

    /// <summary>The container of a machine's boot diagnostics.</summary>
    public static string Container(ResourceEntry vm) => ContainerPrefix + vm.Body.Text("properties.vmId");

    /// <summary>The blob of its log.</summary>
    public static string Blob(ResourceEntry vm) => vm.Name + Suffix;

    /// <summary>The signature of the addresses of its boot diagnostics.</summary>
    public static string Signature(SandboxWorld world, ResourceEntry vm) => Convert.ToBase64String(world.Ids.Derive($"boot|{vm.Id}", 32));

    /// <summary>The log that a request reads; null where its address is that of no log.</summary>
    /// <exception cref="BlobException">403: the signature is wrong or has ended. 404: there is no such machine any more.</exception>
    public static BlobItem? Find(BlobRequest request)
    {
        if (request.Address.Container?.StartsWith(ContainerPrefix, StringComparison.Ordinal) != true || request.Address.Blob?.EndsWith(Suffix, StringComparison.Ordinal) != true)
            return null;
        ResourceEntry? vm = request.World.Store.All.FirstOrDefault(entry =>
            VmFacts.IsMachine(entry) && Container(entry) == request.Address.Container && Blob(entry) == request.Address.Blob);
        if (vm is null || !VmGuest.Exists(vm)) throw BlobErrors.BlobNotFound();
        if (request.Query["sig"] != Signature(request.World, vm)) throw BlobErrors.AuthenticationFailed("The signature does not belong to the boot diagnostics of this machine.");
        if (!DateTimeOffset.TryParse(request.Query["se"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset end) || request.Now >= end)
            throw BlobErrors.AuthenticationFailed("The signature has ended.");
        byte[] log = Encoding.UTF8.GetBytes(Text(VmGuest.At(vm, request.Now).Machine));
        // Whole pages: what is not written yet is zero.
        var content = new PageMap((log.Length + Page - 1) / Page * Page);
        content.Write(0, log);
        return new BlobItem(BlobItem.PageBlob, content) { ETag = $"\"0x8D{log.Length:X13}\"", LastModified = request.Now, Created = request.Now };
    }

    // The beginning and the end of what a system of this kind shows; whoever does not know its name looks for the last line.
    private static string Text(GuestMachine guest)
    {
        if (guest.Disk.IsWindows)
            return "Computer is booting, SAC started and initialized.\r\n\r\nUse the \"ch -?\" command for information about using channels.\r\n\r\nEVENT: The CMD command is now available.\r\nSAC>";

        string host = guest.Disk.Files.Read(LinuxPaths.HostName)?.Trim() is { Length: > 0 } name ? name : "localhost";
        return $"[    0.000000] Linux version ({guest.Disk.OsName} {guest.Disk.OsVersion})\n[    4.210000] systemd[1]: Hostname set to <{host}>.\n\n{guest.Disk.OsName} {guest.Disk.OsVersion} {host} ttyS0\n\n{host} login: ";
    }
}
