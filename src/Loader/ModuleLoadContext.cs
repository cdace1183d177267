using System.Reflection;
using System.Runtime.Loader;

namespace ImageCmdlets.Loader;

/// <summary>The private home of the engine and the Azure SDK in PowerShell 7: other modules' versions never meet ours.</summary>
/// <remarks>PowerShell's own context is asked first for nothing of ours. The handler on it answers for the engine alone; answering
/// for <c>Azure.*</c> would force our versions on every other module of the process.</remarks>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private const string EngineName = "ImageCmdlets.Engine";
    private const string ContractsName = "ImageCmdlets.Contracts";
    private static readonly object s_lock = new();
    private static ModuleLoadContext? s_instance;
    private readonly string[] _folders;

    private ModuleLoadContext(string dependencies)
        : base("ImageCmdlets", isCollectible: false)
    {
        _folders = [Path.Combine(dependencies, "net8.0"), dependencies];
    }

    /// <summary>Makes the context known to the process, once; later calls change nothing.</summary>
    /// <param name="dependencies">The module's folder of assemblies.</param>
    public static void Register(string dependencies)
    {
        lock (s_lock)
        {
            if (s_instance is not null)
                return;

            s_instance = new ModuleLoadContext(dependencies);
            Default.Resolving += ResolveEngine;
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // Contracts has one identity for PowerShell and the engine: the one PowerShell loaded.
        if (assemblyName.Name == ContractsName)
            return null;

        foreach (string folder in _folders)
        {
            string file = Path.Combine(folder, assemblyName.Name + ".dll");
            if (File.Exists(file))
                return LoadFromAssemblyPath(file);
        }

        return null;
    }

    private static Assembly? ResolveEngine(AssemblyLoadContext context, AssemblyName assemblyName) =>
        assemblyName.Name == EngineName ? s_instance!.LoadFromAssemblyName(assemblyName) : null;
}
