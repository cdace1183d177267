using System.Management.Automation;
using System.Reflection;
using ImageCmdlets.Cmdlets.Tests.Hosting;

namespace ImageCmdlets.Cmdlets.Tests.Contract;

/// <summary>The cmdlets of the built module, as PowerShell loaded them.</summary>
public sealed class ModuleSurface : IDisposable
{
    private readonly HostedModule _module = new(firstCommand: null);

    public ModuleSurface()
    {
        Cmdlets = [.. _module.Invoke("Get-Command -Module ImageCmdlets -CommandType Cmdlet").Select(item => (CmdletInfo)item.BaseObject)];
        Module = Cmdlets[0].ImplementingType.Assembly;
        Contracts = Module.GetReferencedAssemblies().Where(name => name.Name == "ImageCmdlets.Contracts").Select(Assembly.Load).Single();
    }

    public IReadOnlyList<CmdletInfo> Cmdlets { get; }

    /// <summary>ImageCmdlets.dll.</summary>
    public Assembly Module { get; }

    /// <summary>ImageCmdlets.Contracts.dll.</summary>
    public Assembly Contracts { get; }

    /// <summary>The classes with a [Cmdlet] attribute, exported or not.</summary>
    public IEnumerable<Type> CmdletClasses => Module.GetExportedTypes().Where(type => type.GetCustomAttribute<CmdletAttribute>() is not null);

    public void Dispose() => _module.Dispose();
}
