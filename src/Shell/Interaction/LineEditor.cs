using ImageCmdlets.Shell.Hosting;

namespace ImageCmdlets.Shell.Interaction;

/// <summary>Edits one line in a terminal, key by key.</summary>
internal sealed class LineEditor(ShellConsole console)
{
    private const string EraseToEnd = "\u001b[J";

    private readonly LineBuffer _buffer = new();
    private int _startLeft;
    private int _startTop;

    /// <summary>Reads a line that starts where the cursor is. Ctrl-C is a key here, so it never ends the process.</summary>
    /// <param name="history">The lines for the up and down keys.</param>
    /// <param name="completer">Answers the Tab key, or <see langword="null"/>.</param>
    /// <param name="masked">Whether to show an asterisk for each character.</param>
    public EditedLine Read(LineHistory history, TabCompleter? completer, bool masked)
    {
        _buffer.Replace("");
        _startLeft = Console.CursorLeft;
        _startTop = Console.CursorTop;
        bool cancelWasInput = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            while (true)
            {
                ConsoleKeyInfo key = Console.ReadKey(intercept: true);
                if (End(key) is { } kind)
                {
                    _buffer.End();
                    Draw(masked);
                    console.Out.WriteLine(kind == EditedLineKind.Cancelled ? "^C" : "");
                    return new EditedLine(kind, _buffer.Text);
                }

                if (key.Key == ConsoleKey.Tab)
                    completer?.Complete(_buffer, backwards: key.Modifiers.HasFlag(ConsoleModifiers.Shift));
                else
                    Edit(key, history, completer);
                Draw(masked);
            }
        }
        finally
        {
            Console.TreatControlCAsInput = cancelWasInput;
        }
    }

    private EditedLineKind? End(ConsoleKeyInfo key)
    {
        bool control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        return key.Key switch
        {
            ConsoleKey.Enter => EditedLineKind.Entered,
            ConsoleKey.C when control => EditedLineKind.Cancelled,
            ConsoleKey.D when control && _buffer.Text.Length == 0 => EditedLineKind.EndOfInput,
            _ => null,
        };
    }

    private void Edit(ConsoleKeyInfo key, LineHistory history, TabCompleter? completer)
    {
        completer?.Forget();
        if (key.Modifiers.HasFlag(ConsoleModifiers.Control))
            EditWithControl(key.Key);
        else
            EditPlain(key, history);
    }

    private void EditPlain(ConsoleKeyInfo key, LineHistory history)
    {
        switch (key.Key)
        {
            case ConsoleKey.Backspace: _buffer.Backspace(); break;
            case ConsoleKey.Delete: _buffer.Delete(); break;
            case ConsoleKey.LeftArrow: _buffer.Move(-1); break;
            case ConsoleKey.RightArrow: _buffer.Move(1); break;
            case ConsoleKey.Home: _buffer.Home(); break;
            case ConsoleKey.End: _buffer.End(); break;
            case ConsoleKey.Escape: _buffer.Replace(""); break;
            case ConsoleKey.UpArrow when history.Previous(_buffer.Text) is { } older: _buffer.Replace(older); break;
            case ConsoleKey.DownArrow when history.Next() is { } newer: _buffer.Replace(newer); break;
            default:
                if (!char.IsControl(key.KeyChar))
                    _buffer.Insert(key.KeyChar);
                break;
        }
    }

    private void EditWithControl(ConsoleKey key)
    {
        switch (key)
        {
            case ConsoleKey.A: _buffer.Home(); break;
            case ConsoleKey.E: _buffer.End(); break;
            case ConsoleKey.D: _buffer.Delete(); break;
            case ConsoleKey.K: _buffer.DeleteToEnd(); break;
            case ConsoleKey.U: _buffer.DeleteToStart(); break;
            case ConsoleKey.W: _buffer.DeleteWord(); break;
            default: break;
        }
    }

    private void Draw(bool masked)
    {
        string shown = masked ? new string('*', _buffer.Text.Length) : _buffer.Text;
        Console.SetCursorPosition(_startLeft, _startTop);
        // The space makes a text that just fills its last row break there, so that the caret has somewhere to stand.
        console.Out.Write(shown + EraseToEnd + " ");

        int lastRow = _startTop + (_startLeft + shown.Length) / console.Width;
        if (lastRow >= console.Height)
            _startTop -= lastRow - console.Height + 1;

        int caret = _startLeft + _buffer.Caret;
        Console.SetCursorPosition(caret % console.Width, _startTop + caret / console.Width);
    }
}
