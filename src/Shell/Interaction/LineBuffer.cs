namespace ImageCmdlets.Shell.Interaction;

/// <summary>The text of a line being edited and the caret in it.</summary>
internal sealed class LineBuffer
{
    /// <summary>The text so far.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The place of the caret, from 0 to the length of the text.</summary>
    public int Caret { get; private set; }

    /// <summary>Puts a character at the caret.</summary>
    public void Insert(char character)
    {
        Text = Text.Insert(Caret, character.ToString());
        Caret++;
    }

    /// <summary>Takes another text, with the caret at its end or where told.</summary>
    public void Replace(string text, int? caret = null)
    {
        Text = text;
        Caret = caret ?? text.Length;
    }

    /// <summary>Removes the character before the caret.</summary>
    public void Backspace()
    {
        if (Caret > 0)
            Text = Text.Remove(--Caret, 1);
    }

    /// <summary>Removes the character at the caret.</summary>
    public void Delete()
    {
        if (Caret < Text.Length)
            Text = Text.Remove(Caret, 1);
    }

    /// <summary>Moves the caret, as far as the text goes.</summary>
    public void Move(int by) => Caret = Math.Clamp(Caret + by, 0, Text.Length);

    /// <summary>Moves the caret before the first character.</summary>
    public void Home() => Caret = 0;

    /// <summary>Moves the caret behind the last character.</summary>
    public void End() => Caret = Text.Length;

    /// <summary>Removes everything before the caret.</summary>
    public void DeleteToStart() => Replace(Text[Caret..], 0);

    /// <summary>Removes everything from the caret on.</summary>
    public void DeleteToEnd() => Replace(Text[..Caret]);

    /// <summary>Removes the word before the caret and the spaces after it.</summary>
    public void DeleteWord()
    {
        int start = Caret;
        while (start > 0 && char.IsWhiteSpace(Text[start - 1]))
            start--;
        while (start > 0 && !char.IsWhiteSpace(Text[start - 1]))
            start--;

        Replace(Text.Remove(start, Caret - start), start);
    }
}
