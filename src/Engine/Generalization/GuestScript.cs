using System.Reflection;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>The scripts that run in the guest. They are files of their own in the folder Scripts, and take no parameters: nothing of
/// what a user names can reach a command line in the guest.</summary>
internal static class GuestScript
{
    private const string Folder = "ImageCmdlets.Engine.Generalization.Scripts.";

    /// <summary>The script that generalizes this kind of system.</summary>
    public static string For(bool isWindows)
    {
        string name = Folder + (isWindows ? "windows-generalize.ps1" : "linux-generalize.sh");
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The build left out the resource {name}.");
        using var reader = new StreamReader(stream);
        // A checkout on Windows can bring CRLF, which sh takes for part of the words.
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
