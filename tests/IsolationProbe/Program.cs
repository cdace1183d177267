using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using Azure.Core;
using Azure.Identity;

// The versions that "another module" brought: used for real, so that they are loaded and initialised.
var credential = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ExcludeManagedIdentityCredential = true });
_ = new TokenRequestContext(["https://example.invalid/.default"]);
_ = JsonSerializer.Serialize(credential.GetType().Name);

using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
runspace.Open();
using PowerShell shell = PowerShell.Create(runspace);
shell.AddScript("""
    param($Module)
    $ErrorActionPreference = 'Stop'
    Import-Module $Module
    Connect-ImageSession -Sandbox
    Get-ImageSandbox
    # Loads the sign-in library too. It asks a program of this machine, never the network, and finds nobody signed in.
    try { Connect-ImageSession -UseAzCli -NotDefault } catch { $_.FullyQualifiedErrorId }
    """).AddArgument(args[0]);
string[] output = [.. shell.Invoke().Select(item => item.BaseObject as string ?? item.BaseObject.GetType().FullName!)];

var loaded = new List<object>();
foreach (AssemblyLoadContext context in AssemblyLoadContext.All)
{
    foreach (AssemblyName name in context.Assemblies.Select(assembly => assembly.GetName()))
    {
        if (name.Name is "Azure.Core" or "Azure.Identity" or "System.Text.Json" or "ImageCmdlets.Engine" or "ImageCmdlets.Contracts" or "ImageCmdlets")
            loaded.Add(new { context = context.Name, name = name.Name, version = name.Version!.ToString() });
    }
}

Console.WriteLine(JsonSerializer.Serialize(new { output, loaded, errors = shell.Streams.Error.Select(error => error.ToString()) }));
return 0;
