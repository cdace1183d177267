using ImageCmdlets.SandboxServer;
using ImageCmdlets.SandboxServer.CommandLine;

ServerOptions options;
try
{
    options = ServerOptionsParser.Parse(args);
}
catch (FormatException refusal)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    await Console.Error.WriteLineAsync("--help tells the options.");
    return ExitCodes.BadOption;
}

if (options.Help)
{
    Console.WriteLine(ServerOptionsParser.Usage);
    return ExitCodes.Done;
}

return await ServerHost.RunAsync(options);
