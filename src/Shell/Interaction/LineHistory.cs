namespace ImageCmdlets.Shell.Interaction;

/// <summary>The lines entered so far, walked with the arrow keys.</summary>
internal sealed class LineHistory
{
    private readonly List<string> _lines = [];
    private int _position;
    private string _unfinished = "";

    /// <summary>Remembers a line, unless it is empty or repeats the one before, and goes back to the newest.</summary>
    public void Add(string line)
    {
        if (!string.IsNullOrWhiteSpace(line) && (_lines.Count == 0 || _lines[^1] != line))
            _lines.Add(line);

        _position = _lines.Count;
    }

    /// <summary>The line before the one shown, or <see langword="null"/> at the oldest.</summary>
    /// <param name="current">What is being edited; it comes back when the user walks down again.</param>
    public string? Previous(string current)
    {
        if (_position == 0)
            return null;

        if (_position == _lines.Count)
            _unfinished = current;
        return _lines[--_position];
    }

    /// <summary>The line after the one shown, or <see langword="null"/> at the newest.</summary>
    public string? Next()
    {
        if (_position >= _lines.Count)
            return null;

        return ++_position == _lines.Count ? _unfinished : _lines[_position];
    }
}
