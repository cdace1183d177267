using System.Management.Automation;
using System.Reflection;

namespace ImageCmdlets.Commands;

/// <summary>Prepares the loading of Engine and its packages before the first command needs them.</summary>
/// <remarks>PowerShell calls this for every runspace and every <c>-Force</c>; the loader registers once for the process. Nothing of
/// Engine is loaded here, which keeps the import thin.</remarks>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    /// <summary>Called by PowerShell when the module is imported.</summary>
    public void OnImport()
    {
        string bin = Path.GetDirectoryName(typeof(ModuleInitializer).Assembly.Location)!;
        string dependencies = Path.Combine(Path.GetDirectoryName(bin)!, "dependencies");
        if (Type.GetType("System.Runtime.Loader.AssemblyLoadContext") is null)
        {
            DesktopAssemblyResolver.Register(dependencies);
            return;
        }

        if (Environment.Version.Major < 8)
            throw new PSNotSupportedException("ImageCmdlets needs PowerShell 7.4 or later, or Windows PowerShell 5.1.");

        Assembly loader = Assembly.LoadFrom(Path.Combine(bin, "core", "ImageCmdlets.Loader.dll"));
        loader.GetType("ImageCmdlets.Loader.ModuleLoadContext", throwOnError: true)!
            .GetMethod("Register", BindingFlags.Public | BindingFlags.Static)!
            .Invoke(null, [dependencies]);
    }
}
