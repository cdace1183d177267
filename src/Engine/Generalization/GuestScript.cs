using System.Reflection;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>The scripts that run in the guest. They are files of their own in folders named Scripts. What they take as parameters is
/// checked before: nothing of what a user names can reach a command line in the guest.</summary>
internal static class GuestScript
{
    private const string Root = "ImageCmdlets.Engine.";

    /// <summary>The script that generalizes this kind of system.</summary>
    public static string For(bool isWindows) => Read("Generalization.Scripts." + (isWindows ? "windows-generalize.ps1" : "linux-generalize.sh"));

    /// <summary>A script by its place among the engine's files, such as <c>Readiness.Scripts.linux-readiness.sh</c>.</summary>
    public static string Read(string place) =>
        Find(place) ?? throw new InvalidOperationException($"The build left out the resource {Root}{place}.");

    /// <summary>A script by its place; null where there is none.</summary>
    public static string? Find(string place)
    {
        using Stream? stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Root + place);
        if (stream is null)
            return null;

        using var reader = new StreamReader(stream);
        // A checkout on Windows can bring CRLF, which sh takes for part of the words.
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
