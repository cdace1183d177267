using System.Globalization;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Cmdlets on values of registry keys.</summary>
internal static class PsPropertyCommands
{
    public static IReadOnlyDictionary<string, Func<PsCall, Task>> Commands { get; } = new Dictionary<string, Action<PsCall>>
    {
        ["Get-ItemProperty"] = Get,
        ["Get-ItemPropertyValue"] = GetValue,
        ["Set-ItemProperty"] = Set,
        ["New-ItemProperty"] = Set,
        ["Remove-ItemProperty"] = Remove,
    }.ToDictionary(static p => p.Key, static p => PsObjectCommands.Do(p.Value));

    private static void Get(PsCall call)
    {
        string path = call.Text(0, "Path", "LiteralPath");
        string[] names = [.. PsConvert.Items(call.Get(1, "Name")).Select(PsConvert.ToText)];
        if (!call.Registry.Has(path))
        {
            call.Fail($"Cannot find path '{path}' because it does not exist.");
            return;
        }

        var item = new PsTable(isObject: true);
        foreach (KeyValuePair<string, string> value in call.Registry.Values(path))
        {
            if (names.Length == 0 || names.Any(n => GuestFileSystem.Fits(value.Key, n, ignoreCase: true)))
            {
                item[value.Key] = Typed(value.Value);
            }
        }

        if (names.Length > 0 && item.Count == 0)
        {
            call.Fail($"Property {names[0]} does not exist at path {path}.");
            return;
        }

        call.Output.Add(item);
    }

    private static void GetValue(PsCall call)
    {
        string path = call.Text(0, "Path", "LiteralPath");
        string name = call.Text(1, "Name");
        string? value = call.Registry.Get(path, name);
        if (value is null)
            call.Fail($"Property {name} does not exist at path {path}.");
        else
            call.Output.Add(Typed(value));
    }

    private static void Set(PsCall call) =>
        call.Registry.Set(call.Text(0, "Path", "LiteralPath"), call.Text(1, "Name"), call.Text(2, "Value"));

    private static void Remove(PsCall call)
    {
        string path = call.Text(0, "Path", "LiteralPath");
        string name = call.Text(1, "Name");
        if (!call.Registry.DeleteValue(path, name))
        {
            call.Fail($"Property {name} does not exist at path {path}.");
        }
    }

    private static object Typed(string value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : value;
}
