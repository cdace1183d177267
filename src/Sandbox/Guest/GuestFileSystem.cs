using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Guest;

/// <summary>
/// The files on a disk, as far as the model knows them. Paths are absolute; on Windows they are compared without case and
/// start with a drive. A directory is there when it was made or when something is in it.
/// </summary>
internal sealed class GuestFileSystem
{
    private readonly bool _windows;
    private readonly SortedDictionary<string, string> _files;
    private readonly SortedSet<string> _directories;

    public GuestFileSystem(bool windows)
    {
        _windows = windows;
        StringComparer comparer = windows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        _files = new(comparer);
        _directories = new(comparer);
    }

    /// <summary>All files, ordered by path.</summary>
    public IReadOnlyCollection<string> Files => _files.Keys;

    private char Separator => _windows ? '\\' : '/';

    private StringComparison Comparison => _windows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    public bool IsFile(string path) => _files.ContainsKey(Full(path));

    public bool IsDirectory(string path)
    {
        string full = Full(path);
        return full == "/" || _directories.Contains(full) || Below(full).Any();
    }

    public bool Exists(string path) => IsFile(path) || IsDirectory(path);

    /// <summary>The text of a file, or null when there is none.</summary>
    public string? Read(string path) => _files.TryGetValue(Full(path), out string? text) ? text : null;

    public void Write(string path, string text) => _files[Full(path)] = text;

    public void Append(string path, string text) => Write(path, (Read(path) ?? string.Empty) + text);

    public void MakeDirectory(string path) => _directories.Add(Full(path));

    /// <summary>Removes a file, or a directory with all that is in it. False when there was neither.</summary>
    public bool Delete(string path)
    {
        string full = Full(path);
        string[] gone = [.. Below(full)];
        foreach (string file in gone)
        {
            _files.Remove(file);
        }

        string inside = full + Separator;
        bool directory = _directories.RemoveWhere(d => Same(d, full) || d.StartsWith(inside, Comparison)) > 0;
        return _files.Remove(full) || gone.Length > 0 || directory;
    }

    /// <summary>Names directly inside a directory, files and directories.</summary>
    public IReadOnlyList<string> List(string directory)
    {
        string full = Full(directory);
        string inside = full == "/" ? full : full + Separator;
        return [.. Below(full).Concat(_directories.Where(d => d.StartsWith(inside, Comparison)))
            .Select(p => p.Substring(inside.Length).Split(Separator)[0])
            .Where(static n => n.Length > 0)
            .Distinct(_windows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal)
            .OrderBy(static n => n, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>All files below a directory, ordered by path.</summary>
    public IEnumerable<string> Below(string directory)
    {
        string full = Full(directory);
        string inside = full == "/" ? full : full + Separator;
        return _files.Keys.Where(f => f.StartsWith(inside, Comparison));
    }

    /// <summary>
    /// Files and directories that a pattern with <c>*</c> and <c>?</c> means; a wildcard stays inside one level.
    /// </summary>
    public IReadOnlyList<string> Match(string pattern)
    {
        string full = Full(pattern);
        if (full.IndexOfAny(['*', '?', '[']) < 0)
        {
            return Exists(full) ? [full] : [];
        }

        string[] levels = full.Split(Separator);
        IEnumerable<string> found = [_windows ? levels[0] : string.Empty];
        foreach (string level in levels.Skip(1))
        {
            found = found.SelectMany(parent => Inside(parent, level)).ToArray();
        }

        return [.. found];
    }

    public GuestFileSystem Clone()
    {
        var copy = new GuestFileSystem(_windows);
        foreach (KeyValuePair<string, string> file in _files)
        {
            copy._files[file.Key] = file.Value;
        }

        copy._directories.UnionWith(_directories);
        return copy;
    }

    public JsonObject Save()
    {
        var files = new JsonObject();
        foreach (KeyValuePair<string, string> file in _files)
        {
            files[file.Key] = file.Value;
        }

        return new JsonObject
        {
            ["files"] = files,
            ["directories"] = new JsonArray([.. _directories.Select(static d => (JsonNode)JsonValue.Create(d))]),
        };
    }

    public static GuestFileSystem Load(bool windows, JsonObject saved)
    {
        var files = new GuestFileSystem(windows);
        foreach (KeyValuePair<string, JsonNode?> file in saved["files"]!.AsObject())
        {
            files._files[file.Key] = file.Value!.GetValue<string>();
        }

        foreach (JsonNode? directory in saved["directories"]!.AsArray())
        {
            files._directories.Add(directory!.GetValue<string>());
        }

        return files;
    }

    /// <summary>True when a name fits a wildcard pattern of one level.</summary>
    public static bool Fits(string name, string pattern, bool ignoreCase) => Regex.IsMatch(
        name,
        "^" + Regex.Escape(pattern).Replace(@"\*", ".*").Replace(@"\?", ".").Replace(@"\[", "[").Replace("[!", "[^") + "$",
        ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);

    private IEnumerable<string> Inside(string parent, string level)
    {
        if (level.IndexOfAny(['*', '?', '[']) < 0)
        {
            string path = $"{parent}{Separator}{level}";
            return Exists(path) ? [path] : [];
        }

        // The shells leave out names that start with a dot unless the pattern has it; Windows does not know the custom.
        return List(parent.Length == 0 ? "/" : parent)
            .Where(n => _windows || n[0] != '.' || level[0] == '.')
            .Where(n => Fits(n, level, _windows))
            .Select(n => $"{parent}{Separator}{n}");
    }

    private bool Same(string a, string b) => string.Equals(a, b, Comparison);

    private string Full(string path)
    {
        if (_windows)
        {
            return path.Replace('/', '\\').TrimEnd('\\');
        }

        var parts = new List<string>();
        foreach (string part in path.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part.Length > 0 && part != "." && part != "..")
            {
                parts.Add(part);
            }
        }

        return "/" + string.Join("/", parts);
    }
}
