using ImageCmdlets.HelpBuilder.About;

namespace ImageCmdlets.HelpBuilder.Tests;

/// <summary>About pages become text that fits a console.</summary>
public sealed class AboutTests
{
    private static readonly string s_topic = AboutTopic.Write("about_Things", $"""
        # Things

        ## about_Things

        # SHORT DESCRIPTION
        What things are.

        # LONG DESCRIPTION
        {string.Join(' ', Enumerable.Repeat("word", 40))}

        ## Kinds

        ```powershell
        Get-Thing |
            Set-Thing
        ```
        """);

    [Fact]
    public void NoLineIsLongerThanAConsole() => Assert.All(s_topic.Split('\n'), line => Assert.InRange(line.Length, 0, 80));

    [Fact]
    public void TheTopicComesFirst() =>
        Assert.StartsWith("TOPIC\n    about_Things\n\nSHORT DESCRIPTION\n    What things are.\n\n", s_topic, StringComparison.Ordinal);

    [Fact]
    public void CodeKeepsItsLines() =>
        Assert.Contains("  Kinds\n        Get-Thing |\n            Set-Thing\n", s_topic, StringComparison.Ordinal);
}
