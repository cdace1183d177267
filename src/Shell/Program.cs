using ImageCmdlets.Shell.CommandLine;
using ImageCmdlets.Shell.Hosting;
using ImageCmdlets.Shell.Running;

const int failure = 1;
const int misused = 64;

ShellConsole console = ShellConsole.Open();
ShellArguments arguments = ShellArguments.Parse(args);
if (arguments.Help)
{
    console.Out.WriteLine(ShellArguments.Usage);
    return 0;
}

if (arguments.Error is { } error)
{
    console.Error.WriteLine(error);
    console.Error.WriteLine(ShellArguments.Usage);
    return misused;
}

if (ModuleLocator.Find(AppContext.BaseDirectory) is not { } manifest)
{
    console.Error.WriteLine(ModuleLocator.NotBuilt);
    return failure;
}

using ShellSession session = new(console);
return session.Run(manifest, arguments);
