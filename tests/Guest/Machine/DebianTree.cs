namespace ImageCmdlets.Guest.Tests.Machine;

/// <summary>The Debian tree that <c>tests/Guest/prepare</c> has made: what every machine of these tests begins as.</summary>
internal static class DebianTree
{
    private static readonly Lazy<(string Folder, string? WhyNot)> s_tree = new(Find);

    /// <summary>Its folder.</summary>
    public static string Folder => s_tree.Value.Folder;

    /// <summary>Why no machine can be had here; null when one can.</summary>
    public static string? WhyNot => s_tree.Value.WhyNot;

    private static (string Folder, string? WhyNot) Find()
    {
        if (!OperatingSystem.IsLinux())
            return (string.Empty, "Only Linux runs Debian's packages in a tree.");

        if (!Environment.IsPrivilegedProcess)
            return (string.Empty, "Only root can run a machine in a tree.");

        string folder = Command.Run("/bin/sh", [Command.File("prepare"), "--where"]).Output.Trim();
        if (!Directory.Exists(folder))
            return (folder, $"There is no Debian tree at {folder}: apt-get install debootstrap; sh tests/Guest/prepare");

        if (!File.Exists(DebianMachine.Unshare))
            return (folder, $"There is no {DebianMachine.Unshare}: apt-get install util-linux");

        CommandResult probe = Command.Run(DebianMachine.Unshare, [.. DebianMachine.Namespaces, "/bin/true"]);
        return (folder, probe.ExitCode == 0 ? null : $"This machine makes no namespaces: {probe.Error.Trim()}");
    }
}
