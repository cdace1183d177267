using ImageCmdlets.Tests.ExchangeRecorder;

namespace ImageCmdlets.Tests.Specification;

/// <summary>Lets every .NET process that is started from this one write down what a sandbox in it is asked and answers.</summary>
/// <remarks>
/// The runtime itself loads the recorder, by environment variables that all processes inherit: whoever starts one need not think
/// of it, and neither the server nor the module knows.
/// </remarks>
public sealed class ChildProcesses
{
    private const string Hooks = "DOTNET_STARTUP_HOOKS";

    private readonly ExchangeWatch _watch;
    private readonly string _folder = Directory.CreateTempSubdirectory("exchanges").FullName;

    /// <summary>Makes a folder for what they write.</summary>
    /// <param name="watch">Hears them.</param>
    public ChildProcesses(ExchangeWatch watch) => _watch = watch;

    /// <summary>The environment of a process whose sandboxes are to be heard.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        [Hooks] = typeof(ExchangeFile).Assembly.Location,
        [ExchangeFile.FolderVariable] = _folder,
    };

    /// <summary>Judges everything that was written, and deletes it.</summary>
    public void HearAll()
    {
        foreach (string file in Directory.GetFiles(_folder))
        {
            string place = $"process {Path.GetFileName(file).Split('-')[0]}";
            foreach (RecordedExchange heard in ExchangeFile.Read(file))
            {
                var headers = new Dictionary<string, string>(heard.Headers, StringComparer.OrdinalIgnoreCase);
                _watch.Hear(new Exchange(heard.Method, heard.Address, headers, heard.Body, heard.Status, heard.AnswerHeaders, heard.AnswerBody), place);
            }
        }

        Directory.Delete(_folder, recursive: true);
    }
}
