using ImageCmdlets.HelpBuilder.Commands;

namespace ImageCmdlets.HelpBuilder.Tests;

/// <summary>The pages in docs/help are whole, and say what the built commands are.</summary>
[Trait("Category", "Help")]
public sealed class DriftTests
{
    [Fact]
    public void EveryCommandHasAPageWithoutFaults()
    {
        HelpFolder pages = new(Path.Combine(BuiltModule.RepositoryRoot, "docs", "help"));
        XmlDocumentation nothing = new([], BuiltModule.Folder);

        Assert.Empty(pages.Check(ModuleCommands.Of(BuiltModule.Manifest, nothing)));
    }
}
