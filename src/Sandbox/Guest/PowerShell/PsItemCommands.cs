namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Cmdlets on files, directories and registry keys.</summary>
internal static class PsItemCommands
{
    public static IReadOnlyDictionary<string, Func<PsCall, Task>> Commands { get; } = new Dictionary<string, Action<PsCall>>
    {
        ["Test-Path"] = static c =>
            c.Output.AddRange(c.Texts(0, "Path", "LiteralPath", "PSPath").Select(p => (object?)Exists(c, p))),
        ["Get-Content"] = GetContent,
        ["Set-Content"] = static c => Write(c, append: false),
        ["Add-Content"] = static c => Write(c, append: true),
        ["Out-File"] = static c => WriteText(c, PsFormat.Text(c.Input ?? []), c.Has("Append")),
        ["Clear-Content"] = static c => c.Texts(0, "Path").ToList().ForEach(p => c.Files.Write(p, string.Empty)),
        ["Remove-Item"] = Remove,
        ["New-Item"] = Make,
        ["mkdir"] = static c => c.Texts(0, "Path").ToList().ForEach(c.Files.MakeDirectory),
        ["Copy-Item"] = static c => Transfer(c, remove: false),
        ["Move-Item"] = static c => Transfer(c, remove: true),
        ["Get-ChildItem"] = List,
        ["Get-Item"] = static c => Show(c, c.Texts(0, "Path", "LiteralPath")),
        ["Join-Path"] = static c => c.Output.Add($"{c.Text(0, "Path").TrimEnd('\\')}\\{c.Text(1, "ChildPath").TrimStart('\\')}"),
        ["Split-Path"] = Split,
        ["Resolve-Path"] = static c => Show(c, c.Texts(0, "Path", "LiteralPath")),
    }.ToDictionary(static p => p.Key, static p => PsObjectCommands.Do(p.Value));

    /// <summary>Lines of a file's text, whatever their ends.</summary>
    public static string[] Lines(string text)
    {
        string plain = text.Replace("\r\n", "\n");
        return plain.Length == 0
            ? []
            : (plain.EndsWith("\n", StringComparison.Ordinal) ? plain.Substring(0, plain.Length - 1) : plain).Split('\n');
    }

    private static bool Exists(PsCall call, string path) =>
        GuestRegistry.IsKey(path) ? call.Registry.Has(path) : path.Length > 0 && call.Files.Match(path).Count > 0;

    private static void GetContent(PsCall call)
    {
        foreach (string path in call.Texts(0, "Path", "LiteralPath"))
        {
            IReadOnlyList<string> found = [.. call.Files.Match(path).Where(call.Files.IsFile)];
            if (found.Count == 0)
            {
                call.Fail($"Cannot find path '{path}' because it does not exist.");
            }

            foreach (string text in found.Select(f => call.Files.Read(f)!))
            {
                IEnumerable<object?> lines = call.Has("Raw") ? [text] : Lines(text);
                if (call.Get(-1, "Tail") is { } tail) lines = [.. lines.Reverse().Take((int)PsConvert.ToInt(tail)).Reverse()];
                if (call.Get(-1, "TotalCount", "First", "Head") is { } head) lines = lines.Take((int)PsConvert.ToInt(head));
                call.Output.AddRange(lines);
            }
        }
    }

    private static void Write(PsCall call, bool append)
    {
        IEnumerable<object?> value = call.Get(1, "Value") is { } given ? PsConvert.Items(given) : call.Input ?? [];
        string end = call.Has("NoNewline") ? string.Empty : "\r\n";
        WriteText(call, string.Concat(value.Select(v => PsConvert.ToText(v) + end)), append);
    }

    private static void WriteText(PsCall call, string text, bool append)
    {
        foreach (string path in PsConvert.Items(call.Get(0, "Path", "LiteralPath", "FilePath")).Select(PsConvert.ToText))
        {
            call.Files.Write(path, (append ? call.Files.Read(path) : string.Empty) + text);
        }
    }

    private static void Remove(PsCall call)
    {
        foreach (string path in call.Texts(0, "Path", "LiteralPath"))
        {
            IReadOnlyList<string> found = GuestRegistry.IsKey(path) ? [path] : call.Files.Match(path);
            bool any = false;
            foreach (string item in found)
            {
                any |= GuestRegistry.IsKey(item) ? call.Registry.Delete(item) : call.Files.Delete(item);
            }

            if (!any && path.IndexOf('*') < 0)
            {
                call.Fail($"Cannot find path '{path}' because it does not exist.");
            }
        }
    }

    private static void Make(PsCall call)
    {
        string path = call.Text(0, "Path");
        string name = call.Text(-1, "Name");
        path = name.Length > 0 ? $"{path.TrimEnd('\\')}\\{name}" : path;
        if (GuestRegistry.IsKey(path))
            call.Registry.Ensure(path);
        else if (string.Equals(call.Text(-1, "ItemType", "Type"), "Directory", StringComparison.OrdinalIgnoreCase))
            call.Files.MakeDirectory(path);
        else
            call.Files.Write(path, PsConvert.ToText(call.Get(-1, "Value")));
        call.Output.Add(Item(call, path));
    }

    private static void Transfer(PsCall call, bool remove)
    {
        string target = call.Text(1, "Destination").TrimEnd('\\');
        string[] given = [.. call.Texts(0, "Path", "LiteralPath")];
        foreach (string missing in given.Where(p => p.IndexOf('*') < 0 && !call.Files.Exists(p)))
            call.Fail($"Cannot find path '{missing}' because it does not exist.");
        foreach (string source in given.SelectMany(call.Files.Match))
        {
            string end = call.Files.IsDirectory(target) ? $@"{target}\{Last(source)}" : target;
            foreach (string file in call.Files.Below(source).Append(source).Where(call.Files.IsFile).ToArray())
            {
                call.Files.Write(end + file.Substring(source.Length), call.Files.Read(file)!);
            }

            if (remove) call.Files.Delete(source);
        }
    }

    private static void List(PsCall call)
    {
        string pattern = call.Text(-1, "Filter", "Include");
        foreach (string path in call.Texts(0, "Path", "LiteralPath").DefaultIfEmpty(@"C:\"))
        {
            if (GuestRegistry.IsKey(path))
            {
                call.Output.AddRange(call.Registry.Children(path).Select(k => new PsTable(isObject: true)
                {
                    ["PSChildName"] = k,
                    ["Name"] = $@"{path}\{k}",
                    ["PSPath"] = $@"{path}\{k}",
                }));
                continue;
            }

            IReadOnlyList<string> roots = call.Files.Match(path);
            if (roots.Count == 0)
            {
                call.Fail($"Cannot find path '{path}' because it does not exist.");
            }

            IEnumerable<string> found = roots.SelectMany(r => call.Files.IsFile(r) ? [r]
                : call.Has("Recurse") ? call.Files.Below(r)
                : call.Files.List(r).Select(n => $@"{r}\{n}"));
            call.Output.AddRange(found
                .Where(f => pattern.Length == 0 || GuestFileSystem.Fits(Last(f), pattern, ignoreCase: true))
                .Where(f => !call.Has("Directory") || call.Files.IsDirectory(f))
                .Select(f => (object?)Item(call, f)));
        }
    }

    private static void Show(PsCall call, IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            if (Exists(call, path))
                call.Output.Add(Item(call, path));
            else
                call.Fail($"Cannot find path '{path}' because it does not exist.");
        }
    }

    private static PsTable Item(PsCall call, string path) => new(isObject: true)
    {
        ["FullName"] = path,
        ["Name"] = Last(path),
        ["Length"] = (long)GuestBytes.Of(call.Files.Read(path) ?? string.Empty).Length,
        ["PSIsContainer"] = call.Files.IsDirectory(path),
        ["LastWriteTime"] = call.Machine.Now,
        ["LastWriteTimeUtc"] = call.Machine.Now,
    };

    private static void Split(PsCall call)
    {
        string path = call.Text(0, "Path").TrimEnd('\\');
        int end = path.LastIndexOf('\\');
        call.Output.Add(call.Has("Leaf") ? Last(path) : end > 0 ? path.Substring(0, end) : string.Empty);
    }

    private static string Last(string path) => path.TrimEnd('\\').Substring(path.TrimEnd('\\').LastIndexOf('\\') + 1);
}
