using System.Text;

namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>Opens the redirections of a command and, after it, writes what went into files.</summary>
internal sealed class ShRedirection(ShShell shell, ShExpander expander)
{
    private readonly List<KeyValuePair<string, StringBuilder>> _files = [];

    public async Task<ShStreams> Open(IEnumerable<ShRedirect> redirects, ShStreams streams)
    {
        foreach (ShRedirect redirect in redirects)
        {
            string target = await expander.Text(redirect.Target).ConfigureAwait(false);
            streams = redirect.Operator switch
            {
                "<" => streams with { In = new ShInput(shell.Machine.Disk.Files.Read(shell.Full(target)) ?? string.Empty) },
                "<<" or "<<-" => streams with { In = new ShInput(target) },
                ">&" when target is "1" or "2" => Duplicate(streams, redirect.Descriptor, target),
                ">" or ">>" or ">&" => ToFile(streams, redirect, target),
                _ => streams,
            };
        }

        return streams;
    }

    public void Close()
    {
        foreach (KeyValuePair<string, StringBuilder> file in _files)
        {
            shell.Machine.Disk.Files.Append(file.Key, file.Value.ToString());
        }
    }

    private static ShStreams Duplicate(ShStreams streams, int descriptor, string target) => (descriptor, target) switch
    {
        (2, "1") => streams with { Error = streams.Out },
        (1, "2") => streams with { Out = streams.Error },
        _ => streams,
    };

    private ShStreams ToFile(ShStreams streams, ShRedirect redirect, string target)
    {
        var buffer = new StringBuilder();
        string path = shell.Full(target);
        if (path is not ("/dev/null" or "/dev/stderr" or "/dev/stdout"))
        {
            if (redirect.Operator != ">>" || !shell.Machine.Disk.Files.IsFile(path))
            {
                shell.Machine.Disk.Files.Write(path, string.Empty);
            }

            _files.Add(new(path, buffer));
        }

        buffer = path switch { "/dev/stderr" => streams.Error, "/dev/stdout" => streams.Out, _ => buffer };
        return redirect.Descriptor switch
        {
            2 => streams with { Error = buffer },
            1 => streams with { Out = buffer },
            _ => streams with { Out = buffer, Error = buffer },
        };
    }
}
