using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>The custom script extensions of both systems: the only ones that do something inside the guest.</summary>
internal static class VmExtensionScript
{
    private static readonly TimeSpan s_fetch = TimeSpan.FromSeconds(5);

    private static readonly Regex s_powerShell = new(
        @"^\s*(?:powershell|pwsh)(?:\.exe)?\s+(?:-(?!command|encodedcommand|c\b|e\b)\w+(?:\s+(?!-)\S+)?\s+)*" +
        @"-(?<kind>command|encodedcommand|c|e)\w*\s+(?<text>.*)$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant);

    /// <summary>What an extension is to run; null when it runs nothing that the guest knows.</summary>
    /// <param name="properties">Properties of the extension.</param>
    /// <param name="secret">Its protected settings; they win.</param>
    public static string? Find(JsonObject properties, JsonObject? secret)
    {
        string type = $"{properties.Text("publisher")}.{properties.Text("type")}";
        bool windows = Same(type, "Microsoft.Compute.CustomScriptExtension");
        if (!windows && !Same(type, "Microsoft.Azure.Extensions.CustomScript")) return null;
        JsonObject? settings = properties.Object("settings");
        string? command = secret.Text("commandToExecute") ?? settings.Text("commandToExecute");
        if (command is not null) return windows ? Unwrap(command) : command;
        return (secret.Text("script") ?? settings.Text("script")) is { } script ? Decode(script, Encoding.UTF8) : null;
    }

    /// <summary>Asks the guest.</summary>
    /// <returns>When it will have answered; null when it never will.</returns>
    public static DateTimeOffset? Submit(SandboxWorld world, ResourceEntry vm, ResourceEntry extension, string script)
    {
        string id = world.Ids.NextGuid($"run|{extension.Id}");
        extension.State["run"] = id;
        return VmGuest.Submit(world, vm, id, script, [], world.Now + s_fetch);
    }

    /// <summary>What came of the script; null when there was none or it has not answered.</summary>
    public static JsonObject? Result(ResourceEntry vm, ResourceEntry extension) =>
        extension.State.Text("run") is { } id ? VmGuest.Result(vm, id) : null;

    /// <summary>Whether the extension ran a script.</summary>
    public static bool IsScript(ResourceEntry extension) => extension.State.Text("run") is not null;

    // Windows is asked for a command line; the guest runs PowerShell.
    private static string Unwrap(string command)
    {
        Match match = s_powerShell.Match(command);
        if (!match.Success) return command;
        string text = match.Groups["text"].Value.Trim();
        if (match.Groups["kind"].Value.StartsWith("e", StringComparison.OrdinalIgnoreCase)) return Decode(text, Encoding.Unicode) ?? text;
        bool quoted = text.Length > 1 && text[0] == '"' && text[text.Length - 1] == '"';
        return quoted ? text.Substring(1, text.Length - 2).Replace("\\\"", "\"") : text;
    }

    private static string? Decode(string base64, Encoding encoding)
    {
        try
        {
            return encoding.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
