using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.State;

/// <summary>The file in which a sandbox lives on between processes.</summary>
internal static class StateFile
{
    private const int Version = 1;

    /// <summary>
    /// Writes the whole world beside the file and puts it in its place, so that a crash leaves the old or the new
    /// state.
    /// </summary>
    public static void Save(string path, SandboxWorld world)
    {
        JsonObject state = world.SaveState();
        state["version"] = Version;
        state["time"] = ArmTime.Format(world.Clock.GetUtcNow());
        state["ids"] = world.Ids.Save();
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        string fresh = full + ".new";
        File.WriteAllText(fresh, JsonText.Compact(state), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        if (File.Exists(full))
            File.Replace(fresh, full, null);
        else
            File.Move(fresh, full);
    }

    /// <summary>Fills the world from the file.</summary>
    /// <returns>The virtual time at which the state was written; null when there is no file.</returns>
    /// <exception cref="InvalidDataException">The file is no state of a sandbox of this version.</exception>
    public static DateTimeOffset? Load(string path, SandboxWorld world)
    {
        if (!File.Exists(path)) return null;
        try
        {
            var state = (JsonObject)JsonText.Parse(File.ReadAllText(path))!;
            if (state.Number("version") != Version)
                throw new InvalidDataException($"'{path}' was written by another version of the sandbox.");
            world.Store.Load(state.Array("resources")!);
            world.Operations.Load(state.Array("operations")!);
            world.Ids.Load(state.Object("ids"));
            return DateTimeOffset.Parse(state.Text("time")!, CultureInfo.InvariantCulture);
        }
        catch (Exception cause) when (cause is System.Text.Json.JsonException or InvalidCastException or NullReferenceException
                                          or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"'{path}' is not the state of a sandbox.", cause);
        }
    }
}
