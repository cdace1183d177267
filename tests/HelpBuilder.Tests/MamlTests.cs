using System.Xml.Linq;
using ImageCmdlets.HelpBuilder.Maml;

namespace ImageCmdlets.HelpBuilder.Tests;

/// <summary>What Get-Help needs is in the MAML, where it looks for it.</summary>
public sealed class MamlTests
{
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private readonly XElement _command = MamlWriter.Write([SamplePage.Page()]).Root!.Elements().Single();

    [Fact]
    public void ProseLosesItsMarks()
    {
        IEnumerable<string> paragraphs = _command.Element(s_maml + "description")!.Elements(s_maml + "para").Select(para => para.Value);

        Assert.Equal(["Gets things, one by one.", "- first", "- second"], paragraphs);
    }

    [Fact]
    public void SyntaxHasTheParametersInTheOrderOfTheCall()
    {
        XElement[] parameters = [.. _command.Element(s_command + "syntax")!.Descendants(s_command + "parameter")];

        Assert.Equal(["Name", "Force"], parameters.Select(parameter => parameter.Element(s_maml + "name")!.Value));
        Assert.Equal("string[]", parameters[0].Element(s_command + "parameterValue")!.Value);
        Assert.Null(parameters[1].Element(s_command + "parameterValue"));
    }

    [Fact]
    public void ParametersSayHowTheyBind()
    {
        XElement name = _command.Element(s_command + "parameters")!.Elements().Last();

        Assert.Equal("True (ByValue)", name.Attribute("pipelineInput")!.Value);
        Assert.Equal("0", name.Attribute("position")!.Value);
        Assert.Equal("n", name.Attribute("aliases")!.Value);
    }

    [Fact]
    public void AnExampleIsItsCodeAndItsRemarks()
    {
        XElement example = _command.Element(s_command + "examples")!.Elements().First();

        Assert.Equal("Get-Thing one", example.Element(s_dev + "code")!.Value);
        Assert.Equal("Gets one thing.", example.Element(s_dev + "remarks")!.Elements().First().Value);
    }
}
