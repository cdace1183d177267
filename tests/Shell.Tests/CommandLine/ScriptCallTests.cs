using ImageCmdlets.Shell.CommandLine;

namespace ImageCmdlets.Shell.Tests.CommandLine;

/// <summary>Words of a command line reach a script as what they are.</summary>
public sealed class ScriptCallTests
{
    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("it's $home; exit", "'it''s $home; exit'")]
    [InlineData("-Name", "-Name")]
    [InlineData("-Name:", "-Name:")]
    [InlineData("-Name:a b", "-Name:'a b'")]
    [InlineData("-Force:$false", "-Force:$false")]
    [InlineData("-Force:$TRUE", "-Force:$true")]
    [InlineData("-Force:$(1)", "-Force:'$(1)'")]
    [InlineData("-5", "'-5'")]
    [InlineData("-a b", "'-a b'")]
    [InlineData("", "''")]
    public void AWordIsANameOrText(string word, string expected) =>
        Assert.Equal($"& $script {expected}", ScriptCall.Compose("& $script", [word]));
}
