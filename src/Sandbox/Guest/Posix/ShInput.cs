namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>Standard input: a text that is read line by line or whole.</summary>
internal sealed class ShInput(string? text)
{
    private string? _rest = text;

    /// <summary>What a command started by the agent has: a closed input.</summary>
    public static ShInput Closed => new(null);

    /// <summary>The next line without its end, or null.</summary>
    public string? ReadLine()
    {
        if (string.IsNullOrEmpty(_rest))
        {
            return null;
        }

        int end = _rest!.IndexOf('\n');
        string line = end < 0 ? _rest : _rest.Substring(0, end);
        _rest = end < 0 ? string.Empty : _rest.Substring(end + 1);
        return line;
    }

    /// <summary>All that is left.</summary>
    public string ReadToEnd()
    {
        string all = _rest ?? string.Empty;
        _rest = string.Empty;
        return all;
    }
}
