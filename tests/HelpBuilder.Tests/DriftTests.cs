using ImageCmdlets.HelpBuilder.Commands;

namespace ImageCmdlets.HelpBuilder.Tests;

/// <summary>The pages in docs/help are whole, and say what the built commands are.</summary>
[Trait("Category", "Help")]
public sealed class DriftTests
{
    [Fact]
    public void EveryCommandHasAPageWithoutFaults()
    {
        string root = Root();
        string manifest = Path.Combine(root, "output", "ImageCmdlets", "ImageCmdlets.psd1");
        HelpFolder pages = new(Path.Combine(root, "docs", "help"));
        XmlDocumentation documentation = new([], root);

        Assert.Empty(pages.Check(BuiltModule.Commands(manifest, documentation)));
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ImageCmdlets.sln")))
            folder = folder.Parent;

        return folder?.FullName ?? throw new DirectoryNotFoundException($"There is no ImageCmdlets.sln above {AppContext.BaseDirectory}.");
    }
}
