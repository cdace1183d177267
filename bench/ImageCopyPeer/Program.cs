using ImageCmdlets.Bench.ImageCopyPeer;

if (AzImageCopy.WhyNot is { } why)
{
    await Console.Error.WriteLineAsync(why);
    return 3;
}

string folder = Directory.CreateTempSubdirectory("image-copy-peer").FullName;
try
{
    var stage = new Stage(folder);
    await stage.PrepareAsync();
    var findings = new Findings();
    IPeerTool[] tools = [new AzImageCopy(cleanup: false), new AzImageCopy(cleanup: true), new CopyCustomImage()];
    foreach (IPeerTool tool in tools) await findings.TryAsync(stage, tool);
    string page = Path.Combine(Repository.Root, "docs", "side-by-side.md");
    await File.WriteAllTextAsync(page, SideBySide.Write(findings.Cases, AzImageCopy.Versions));
    Console.WriteLine(page);
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
