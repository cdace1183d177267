using System.Reflection;

namespace ImageCmdlets.Commands;

/// <summary>Finds the engine and its packages in Windows PowerShell 5.1, which cannot isolate them.</summary>
/// <remarks>powershell.exe has no binding redirects, so the versions that packages ask for differ from those shipped: files of our
/// folders are given by simple name, and only to requesters that are ours. Whoever loaded an assembly first wins there.</remarks>
internal static class DesktopAssemblyResolver
{
    private static readonly object s_lock = new();
    private static Dictionary<string, string>? s_files;

    public static void Register(string dependencies)
    {
        lock (s_lock)
        {
            if (s_files is not null)
                return;

            s_files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (string folder in new[] { dependencies, Path.Combine(dependencies, "net472") })
            {
                foreach (string file in Directory.GetFiles(folder, "*.dll"))
                    s_files[Path.GetFileNameWithoutExtension(file)] = file;
            }

            AppDomain.CurrentDomain.AssemblyResolve += Resolve;
        }
    }

    private static Assembly? Resolve(object? sender, ResolveEventArgs args)
    {
        string? requester = args.RequestingAssembly?.GetName().Name;
        bool ours = requester is null || requester == "ImageCmdlets" || s_files!.ContainsKey(requester);
        return ours && s_files!.TryGetValue(new AssemblyName(args.Name).Name!, out string? file) ? Assembly.LoadFrom(file) : null;
    }
}
