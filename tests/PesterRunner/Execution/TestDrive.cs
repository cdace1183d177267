using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Execution;

/// <summary>A folder of its own for each spec file: <c>$TestDrive</c> and <c>TestDrive:</c>.</summary>
internal sealed class TestDrive : IDisposable
{
    private const string Name = "TestDrive";
    private readonly SessionState _session;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("specs-");

    /// <summary>Makes the folder and shows it to a runspace.</summary>
    public TestDrive(SessionState session)
    {
        _session = session;
        ProviderInfo files = session.Provider.GetOne("FileSystem");
        session.Drive.New(new PSDriveInfo(Name, files, _folder.FullName, "Files of the running spec", null), "Global");
        session.PSVariable.Set(new PSVariable(Name, _folder.FullName));
    }

    /// <summary>Begins a block: what it leaves in the folder is removed when it ends.</summary>
    public IDisposable Enter() => new Leaving(_folder);

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Drive.Remove(Name, force: true, "Global");
        _folder.Delete(recursive: true);
    }

    private sealed class Leaving(DirectoryInfo folder) : IDisposable
    {
        private readonly HashSet<string> _before = [.. Paths(folder)];

        public void Dispose()
        {
            // Folders sort before what is in them, so they are removed whole and their files are not found again.
            foreach (string path in Paths(folder).Except(_before).Order(StringComparer.Ordinal))
            {
                if (Directory.Exists(path))
                    Directory.Delete(path, recursive: true);
                else
                    File.Delete(path);
            }
        }

        private static string[] Paths(DirectoryInfo folder) =>
            Directory.GetFileSystemEntries(folder.FullName, "*", SearchOption.AllDirectories);
    }
}
