using System.Text.RegularExpressions;
using System.Xml.Linq;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Reports;

/// <summary>What a report says, and how its file comes to be. How it looks is looked at in <see cref="ReportInBrowserTests"/>.</summary>
public sealed partial class ExportReportTests
{
    [Fact]
    public async Task ItTellsOfVersionsRegionsUsersOriginsAndRetention()
    {
        using ReportScene scene = await ReportScene.OpenAsync();

        string text = Words(await scene.ExportAsync());

        Assert.Contains("Images of prod", text, StringComparison.Ordinal);
        Assert.Contains("prod / linux Linux Generalized V2 x64", text, StringComparison.Ordinal);
        Assert.Contains("northeurope \u00d7 5 Completed", text, StringComparison.Ordinal);
        Assert.Contains("japaneast \u00d7 1 Failed", text, StringComparison.Ordinal);
        Assert.Contains("Keep is in use by web01", text, StringComparison.Ordinal);
        Assert.Contains("Remove is older than the newest 2 is used by nobody", text, StringComparison.Ordinal);
        Assert.Contains("web02 Virtual machine IMAGES westeurope 1.0.5 no", text, StringComparison.Ordinal);
        Assert.Contains("linux 1.0.5, made of virtual machine app-layer-with-a-long-name (is gone; what comes before is told by tags), made of image version linux 1.0.3, made of managed image golden-seed-image, "
            + "made of virtual machine golden-seed (is gone; what comes before is told by tags), made of marketplace Debian:debian-12:12-gen2:", text, StringComparison.Ordinal);
        Assert.Contains("managed image web01-image", text.ToLowerInvariant(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatWantsToBeHtmlIsText()
    {
        using ReportScene scene = await ReportScene.OpenAsync();

        string html = await scene.ExportAsync(scene.Options with { Title = ReportScene.Hostile });

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(3, Hostile().Count(html));
    }

    [Fact]
    public async Task NothingInItLeadsOutside()
    {
        using ReportScene scene = await ReportScene.OpenAsync();

        string html = await scene.ExportAsync();

        Assert.DoesNotContain(Tag().Matches(html), match => Leading().IsMatch(match.Value));
        Assert.DoesNotContain("url(", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AzureIsOnlyReadAndOfManyVersionsNoneIsReadTwice()
    {
        using ReportScene scene = await ReportScene.OpenAsync();
        string before = scene.Lineage.Sandbox.Fingerprint;
        var sink = new RecordingSink();

        await scene.ExportAsync(null, sink);

        string[] calls = [.. sink.VerboseLines.Where(line => line.StartsWith("GET ", StringComparison.Ordinal))];
        Assert.Equal(before, scene.Lineage.Sandbox.Fingerprint);
        Assert.NotEmpty(calls);
        Assert.Equal(calls.Distinct().Count(), calls.Length);
    }

    [Fact]
    public async Task AFileThatIsThereIsReplacedOnlyByForce()
    {
        using ReportScene scene = await ReportScene.OpenAsync();
        await File.WriteAllTextAsync(scene.FilePath, "mine", TestContext.Current.CancellationToken);

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.ExportAsync());

        Assert.Equal((ErrorIds.FileAlreadyExists, "mine"), (error.ErrorId, await File.ReadAllTextAsync(scene.FilePath, TestContext.Current.CancellationToken)));
        Assert.StartsWith("<!DOCTYPE html>", await scene.ExportAsync(scene.Options with { Force = true }), StringComparison.Ordinal);
        Assert.Equal(["report.html"], scene.Files);
    }

    [Fact]
    public async Task WhatCannotBeMadeLeavesTheFileBefore()
    {
        using ReportScene scene = await ReportScene.OpenAsync();
        await File.WriteAllTextAsync(scene.FilePath, "mine", TestContext.Current.CancellationToken);

        ImageCmdletsException missing = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.ExportAsync(scene.Options with { Id = [scene.Lineage.Gallery.GalleryId + "/images/none"], Force = true }));
        ImageCmdletsException folder = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.ExportAsync(scene.Options with { FilePath = Path.Combine(scene.FilePath, "none", "report.html") }));

        Assert.Equal((ErrorIds.ImageNotFound, ErrorIds.FileNotWritable), (missing.ErrorId, folder.ErrorId));
        Assert.Equal(["report.html"], scene.Files);
        Assert.Equal("mine", await File.ReadAllTextAsync(scene.FilePath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task WhatCouldNotBeLookedAtIsSaidAndNothingIsToGo()
    {
        using ReportScene scene = await ReportScene.OpenAsync();
        scene.Lineage.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "VirtualMachines_ListAll", Status = 403, Code = "AuthorizationFailed", Message = "No." });

        string text = Words(await scene.ExportAsync());

        Assert.Contains("Not everything that uses the images could be looked at, so that retention keeps every version: No.", text, StringComparison.Ordinal);
        Assert.Contains("Retention would remove none of them.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereThereIsNothingThereIsNoFile()
    {
        using ReportScene scene = await ReportScene.OpenAsync();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.ExportAsync(scene.Options with { Id = [], Query = [new GalleryQuery { ResourceGroupName = "elsewhere" }] }));

        Assert.Equal(ErrorIds.ImageNotFound, error.ErrorId);
        Assert.Empty(scene.Files);
    }

    // The page is well-formed, so that a reader of XML can read it but for its head.
    private static string Words(string html)
    {
        string body = html.Substring(html.IndexOf("<body>", StringComparison.Ordinal), html.IndexOf("</body>", StringComparison.Ordinal) + 7 - html.IndexOf("<body>", StringComparison.Ordinal));
        IEnumerable<string> words = XElement.Parse(body).DescendantNodes().OfType<XText>().Select(text => text.Value.Trim());
        return string.Join(' ', words.Where(word => word.Length > 0));
    }

    // No text holds these characters: they are written otherwise.
    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(" (src|href|srcset|action|data|poster|background|style|on[a-z]+)\\s*=|://", RegexOptions.IgnoreCase)]
    private static partial Regex Leading();

    [GeneratedRegex("&lt;script&gt;document\\.title=&#39;hacked&#39;&lt;/script&gt;&quot;&#39;&amp;&lt;img src=x onerror=alert\\(1\\)&gt;")]
    private static partial Regex Hostile();
}
