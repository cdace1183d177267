using System.Collections;
using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>Reads the scripts that a user gives as text, script block or path of a file.</summary>
internal sealed class ScriptReader(PathIntrinsics paths)
{
    private static readonly string[] s_extensions = [".sh", ".ps1", ".bash", ".py"];

    /// <summary>The scripts of <c>-Script</c>, named after their files.</summary>
    /// <exception cref="ImageCmdletsException">FileNotFound, FileNotReadable, InvalidArgument.</exception>
    public IEnumerable<ImageScript> Read(IReadOnlyList<string> scripts)
    {
        for (int i = 0; i < scripts.Count; i++)
        {
            string? file = FileOf(scripts[i]);
            string name = file is not null ? Path.GetFileName(file) : scripts.Count == 1 ? "Script" : $"Script {i + 1}";
            yield return new ImageScript(name, file is null ? scripts[i] : ReadFile(file));
        }
    }

    /// <summary>The scripts of <c>-Check</c>.</summary>
    /// <exception cref="ImageCmdletsException">FileNotFound, FileNotReadable, InvalidArgument: a value that is no script.</exception>
    public IEnumerable<ImageScript> Read(IDictionary checks)
    {
        foreach (DictionaryEntry entry in checks)
        {
            object? value = entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
            string text = value switch
            {
                ScriptBlock block => block.ToString(),
                string { Length: > 0 } given => FileOf(given) is { } file ? ReadFile(file) : given,
                _ => throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"The check '{entry.Key}' is no script.", entry.Key, "Pass the text of a script, the path of a file, or a script block."),
            };
            yield return new ImageScript($"{entry.Key}", text);
        }
    }

    // One line that names a file is that file; one that looks like a name of a script and is none is a slip of the pen.
    private string? FileOf(string text)
    {
        bool isName = text.IndexOfAny(['\n', '\r', ';', '|', '"', '\'']) < 0 && Array.Exists(s_extensions, extension => text.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
        if (!isName)
            return null;

        string file = new ProviderFiles(paths).Find(text, hasWildcards: false)[0];
        if (File.Exists(file))
            return file;

        // A command with arguments, such as "sh /opt/check.sh".
        return text.IndexOf(' ') >= 0 ? null
            : throw new ImageCmdletsException(ErrorIds.FileNotFound, $"There is no file '{text}'.", text);
    }

    private static string ReadFile(string file)
    {
        using var reader = new StreamReader(ProviderFiles.Open(file));
        return reader.ReadToEnd();
    }
}
