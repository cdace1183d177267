using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Tests.Recordings;
using ImageCmdlets.Sandbox.Tests.Galleries;
using ImageCmdlets.Sandbox.Tests.Vms;

namespace ImageCmdlets.Sandbox.Tests.Errors;

/// <summary>Every message of Microsoft's two tables of error messages is one of the sandbox's, or is listed with the reason why it is not.</summary>
public sealed partial class ErrorArticleTests
{
    private const string Compute = "compute-error-messages.tsv";
    private const string Gallery = "gallery-error-messages.tsv";

    [Theory]
    [InlineData(Compute)]
    [InlineData(Gallery)]
    public void EveryMessageIsTheSandboxsOrListed(string table)
    {
        string own = Texts();
        foreach ((_, string message) in ErrorArticles.Require(table))
        {
            // What an article leaves open is filled in by the sandbox.
            string longest = Open().Split(message).MaxBy(static piece => piece.Length)!.Trim(' ', '\'', '"');
            int listed = UnshownMessage.All.Count(unshown => message.Contains(unshown.Excerpt, StringComparison.Ordinal));
            bool shown = own.Contains(longest, StringComparison.Ordinal);
            Assert.True(listed == (shown ? 0 : 1), $"{(shown ? "shown" : "not shown")}, listed {listed} times: {message}");
        }
    }

    [Fact]
    public void WhatIsAFaultOfAzuresOwnIsShownByAFault()
    {
        (string Code, string Message)[] faults = [.. ErrorArticles.Require(Compute).Where(static row =>
            UnshownMessage.All.Any(unshown => unshown.Reason == UnshownMessage.Fault && row.Message.Contains(unshown.Excerpt, StringComparison.Ordinal)))];
        Assert.Equal(UnshownMessage.All.Count(static unshown => unshown.Reason == UnshownMessage.Fault), faults.Length);
        foreach ((string code, string message) in faults)
        {
            using var vms = new VmFixture();
            vms.Client.Sandbox.AddFault(new SandboxFault
            {
                Effect = SandboxFaultEffect.OperationFailure, Operation = "VirtualMachines_CreateOrUpdate", Code = code, Message = message,
            });
            Answer answer = vms.Client.Put(vms.Vm(), VmFixture.Version, vms.Body(VmFixture.Linux).ToJsonString()).ShouldBe(201);
            JsonNode error = vms.Client.Finish(answer)["error"]!;
            Assert.Equal((code, message), ((string?)error["code"], (string?)error["message"]));
            Assert.Equal("Failed", (string?)vms.Get()["properties"]!["provisioningState"]);
        }
    }

    [Fact]
    public void TooManyRequestsOnASourceAreShownByAFault()
    {
        UnshownMessage unshown = UnshownMessage.All.Single(static row => row.Reason == UnshownMessage.SourceFault);
        string message = ErrorArticles.Require(Gallery).Single(row => row.Message.Contains(unshown.Excerpt, StringComparison.Ordinal)).Message;
        using var galleries = new GalleryFixture();
        string version = galleries.AddVersion();
        galleries.Client.Sandbox.AddFault(new SandboxFault
        {
            Status = 429, Operation = "GalleryImageVersions_CreateOrUpdate", Code = "TooManyRequests", Message = message,
        });
        Answer refused = galleries.Client.Put(galleries.ImageVersion("1.0.1"), GalleryFixture.Version, GalleryFixture.VersionBody(version).ToJsonString()).ShouldBe(429);
        Assert.Equal(message, refused.Message);
        galleries.Put(galleries.ImageVersion("1.0.1"), GalleryFixture.VersionBody(version));
    }

    // All source of the sandbox, with the texts that go over several lines in one piece.
    private static string Texts()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ImageCmdlets.sln"))) folder = folder.Parent!;
        IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(folder.FullName, "src", "Sandbox"), "*.cs", SearchOption.AllDirectories)
            .Where(static path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        return Joint().Replace(string.Concat(files.Select(File.ReadAllText)), string.Empty);
    }

    [GeneratedRegex("""\{\d\}|<[^>]*>|\['[^']*'\]|\b2048\b|\b1024\b""")]
    private static partial Regex Open();

    [GeneratedRegex("""
        "\s*\+\s*\$?"
        """)]
    private static partial Regex Joint();
}
