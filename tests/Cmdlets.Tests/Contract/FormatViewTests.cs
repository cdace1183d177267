using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Xml.Linq;

namespace ImageCmdlets.Cmdlets.Tests.Contract;

/// <summary>What columns show that are computed.</summary>
public sealed class FormatViewTests
{
    [Theory]
    [InlineData(true, "True")]
    [InlineData(false, "False")]
    [InlineData(null, "unknown")]
    public void AReadinessThatNobodyKnowsIsNotNo(bool? isReady, string expected) =>
        Assert.Equal(expected, Show("ImageCmdlets.ImageReadiness", "Ready", isReady));

    // The column under a label, as the table computes it.
    private static string Show(string type, string label, bool? isReady)
    {
        XElement table = XDocument.Load(Path.Combine(BuiltModule.Folder, "ImageCmdlets.format.ps1xml")).Descendants("View")
            .Single(view => view.Descendants("TypeName").Any(name => name.Value == type) && view.Element("TableControl") is not null);
        int column = table.Descendants("TableColumnHeader").Select(header => header.Element("Label")?.Value).ToList().IndexOf(label);
        string script = table.Descendants("TableColumnItem").ElementAt(column).Element("ScriptBlock")!.Value;
        var item = new PSObject();
        item.Properties.Add(new PSNoteProperty("IsReady", isReady));
        using var shell = PowerShell.Create(InitialSessionState.CreateDefault2());
        return $"{shell.AddScript("param($item) $item | ForEach-Object { " + script + " }").AddArgument(item).Invoke().Single()}";
    }
}
