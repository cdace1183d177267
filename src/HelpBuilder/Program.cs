using ImageCmdlets.HelpBuilder;
using ImageCmdlets.HelpBuilder.Commands;

const int failure = 1;
const int misused = 64;
const string usage = """
    usage: HelpBuilder update                    rewrites syntax and parameters of the pages, keeps the prose
           HelpBuilder check                     lists what the pages lack, and fails if there is anything
           HelpBuilder build <pages> <output>    writes MAML and about topics; the build calls this
    update and check take docs/help and output/ImageCmdlets of the working folder, or <pages> <manifest>.
    """;

string pages = args.ElementAtOrDefault(1) ?? Path.Combine("docs", "help");
string manifest = Path.GetFullPath(args.ElementAtOrDefault(2) ?? Path.Combine("output", "ImageCmdlets", "ImageCmdlets.psd1"));
XmlDocumentation documentation = new(["ImageCmdlets.xml", "ImageCmdlets.Contracts.xml"], Path.Combine("src", "Cmdlets", "bin"));
switch (args)
{
    case ["update"] or ["update", _, _]:
        foreach (string name in new HelpFolder(pages).Update(ModuleCommands.Of(manifest, documentation)))
            Console.WriteLine($"updated {name}");
        return 0;
    case ["check"] or ["check", _, _]:
        string[] faults = [.. new HelpFolder(pages).Check(ModuleCommands.Of(manifest, documentation))];
        foreach (string fault in faults)
            Console.WriteLine(fault);
        return faults.Length == 0 ? 0 : failure;
    case ["build", _, var output]:
        new HelpFolder(pages).Build(output);
        return 0;
    default:
        Console.Error.WriteLine(usage);
        return misused;
}
