using System.Text;
using System.Xml;
using ImageCmdlets.HelpBuilder.About;
using ImageCmdlets.HelpBuilder.Commands;
using ImageCmdlets.HelpBuilder.Maml;
using ImageCmdlets.HelpBuilder.Pages;

namespace ImageCmdlets.HelpBuilder;

/// <summary>The folder of help pages, and what can be done with it.</summary>
internal sealed class HelpFolder
{
    private const string AboutPrefix = "about_";

    private readonly string _folder;

    /// <summary>Takes a folder of Markdown files.</summary>
    public HelpFolder(string folder) => _folder = folder;

    /// <summary>Writes the shipped help: one MAML file for all commands, one text file for each about page.</summary>
    /// <param name="output">The folder to write to; it is emptied first, so that it holds no help of pages that are gone.</param>
    public void Build(string output)
    {
        if (Directory.Exists(output))
            Directory.Delete(output, recursive: true);
        Directory.CreateDirectory(output);

        using (XmlWriter xml = XmlWriter.Create(
            Path.Combine(output, "ImageCmdlets.dll-Help.xml"), new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            MamlWriter.Write(CommandPages().Select(file => PageReader.Read(File.ReadAllText(file)))).Save(xml);
        }

        // Windows PowerShell reads a text file without a byte order mark as ANSI.
        UTF8Encoding encoding = new(encoderShouldEmitUTF8Identifier: true);
        foreach (string file in Files(about: true))
        {
            string name = Path.GetFileNameWithoutExtension(file);
            File.WriteAllText(Path.Combine(output, $"{name}.help.txt"), AboutTopic.Write(name, File.ReadAllText(file)), encoding);
        }
    }

    /// <summary>Rewrites syntax and parameters of every page from the commands, and starts the pages that are missing.</summary>
    /// <returns>The names of the pages that changed.</returns>
    public IReadOnlyList<string> Update(IEnumerable<CommandFacts> commands)
    {
        List<string> changed = [];
        foreach (CommandFacts command in commands)
        {
            string file = PathOf(command);
            string? before = File.Exists(file) ? File.ReadAllText(file) : null;
            string after = PageWriter.Write(PageUpdate.Apply(before is null ? null : PageReader.Read(before), command));
            if (after == before)
                continue;

            File.WriteAllText(file, after);
            changed.Add(command.Name);
        }

        return changed;
    }

    /// <summary>The faults of all pages, each with the name of its page.</summary>
    public IEnumerable<string> Check(IReadOnlyCollection<CommandFacts> commands)
    {
        foreach (CommandFacts command in commands)
        {
            string file = PathOf(command);
            string[] faults = File.Exists(file) ? [.. PageCheck.Faults(File.ReadAllText(file), command)] : ["there is no page: run update"];
            foreach (string fault in faults)
                yield return $"{command.Name}: {fault}";
        }

        IEnumerable<string> gone = CommandPages().Select(Path.GetFileNameWithoutExtension).Except(commands.Select(command => command.Name))!;
        foreach (string name in gone)
            yield return $"{name}: there is no such command";
    }

    private string PathOf(CommandFacts command) => Path.Combine(_folder, $"{command.Name}.md");

    private IEnumerable<string> CommandPages() => Files(about: false);

    private IEnumerable<string> Files(bool about) => Directory.GetFiles(_folder, "*.md")
        .Where(file => Path.GetFileName(file).StartsWith(AboutPrefix, StringComparison.Ordinal) == about)
        .Order(StringComparer.Ordinal);
}
