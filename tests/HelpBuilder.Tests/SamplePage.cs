using ImageCmdlets.HelpBuilder.Commands;
using ImageCmdlets.HelpBuilder.Pages;

namespace ImageCmdlets.HelpBuilder.Tests;

/// <summary>A command that exists only here, and a good page for it.</summary>
internal static class SamplePage
{
    /// <summary>The command.</summary>
    public static CommandFacts Command(string parameter = "Name") => new(
        "Get-Thing",
        [new HelpSyntax("ByName", true, $"Get-Thing [[-{parameter}] <string[]>] [-Force] [<CommonParameters>]")],
        new Dictionary<string, ParameterFacts>
        {
            ["Force"] = Facts("System.Management.Automation.SwitchParameter", "Named"),
            [parameter] = Facts("System.String[]", "0"),
        },
        ["System.String[]"],
        ["Things.Thing"],
        "Gets things.",
        new Dictionary<string, string> { [parameter] = "The name from the source.", ["Things.Thing"] = "A thing." });

    /// <summary>The page that update makes of nothing, with the prose filled in.</summary>
    public static HelpPage Page() => PageUpdate.Apply(null, Command()) with
    {
        Description = "Gets `things`, one by one.\n\n- first\n- second",
        Examples =
        [
            new HelpEntry("Example 1: One", "```powershell\nGet-Thing one\n```\n\nGets *one* thing."),
            new HelpEntry("Example 2: All", "```powershell\n# Not a heading\nGet-Thing\n```\n\nGets all."),
        ],
        Parameters =
        [
            new HelpParameter("Force", "Asks nothing.", Facts("System.Management.Automation.SwitchParameter", "Named")),
            new HelpParameter("Name", "The author's words.", Facts("System.String[]", "0")),
        ],
        Inputs = [new HelpEntry("System.String[]", "Names.")],
    };

    private static ParameterFacts Facts(string type, string position) => new()
    {
        Type = type,
        Aliases = type.EndsWith("[]", StringComparison.Ordinal) ? ["n"] : [],
        ParameterSets = [new ParameterSetFacts { Name = "ByName", Position = position, ValueFromPipeline = position == "0" }],
    };
}
