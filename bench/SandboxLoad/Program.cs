using ImageCmdlets.Bench.SandboxLoad;

var options = LoadOptions.Parse(args);
Console.WriteLine(
    $"{options.Resources:N0} disks, {options.Connections} requests under way, {Environment.ProcessorCount} processors, which server and client share.");
await LoadRun.RunAsync(options, state: null);
string folder = Directory.CreateTempSubdirectory("sandbox-load").FullName;
try
{
    await LoadRun.RunAsync(options, Path.Combine(folder, "world.jsonl"));
}
finally
{
    Directory.Delete(folder, recursive: true);
}
