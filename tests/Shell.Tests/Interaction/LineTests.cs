using ImageCmdlets.Shell.Interaction;

namespace ImageCmdlets.Shell.Tests.Interaction;

/// <summary>Editing keys and history do what they do everywhere.</summary>
public sealed class LineTests
{
    private readonly LineBuffer _line = new();

    [Fact]
    public void CharactersGoToTheCaret()
    {
        _line.Replace("ac");
        _line.Move(-1);
        _line.Insert('b');

        Assert.Equal(("abc", 2), (_line.Text, _line.Caret));
    }

    [Fact]
    public void TheCaretStaysInTheText()
    {
        _line.Replace("ab");
        _line.Move(5);
        _line.Delete();
        _line.Move(-5);
        _line.Backspace();

        Assert.Equal(("ab", 0), (_line.Text, _line.Caret));
    }

    [Theory]
    [InlineData("one two", 7, "one ", 4)]
    [InlineData("one two  ", 9, "one ", 4)]
    [InlineData("one two", 3, " two", 0)]
    [InlineData("", 0, "", 0)]
    public void AWordIsDeletedBeforeTheCaret(string text, int caret, string left, int expectedCaret)
    {
        _line.Replace(text, caret);
        _line.DeleteWord();

        Assert.Equal((left, expectedCaret), (_line.Text, _line.Caret));
    }

    [Fact]
    public void HistoryGoesBackAndForthAndKeepsWhatWasBegun()
    {
        LineHistory history = new();
        history.Add("first");
        history.Add("second");
        history.Add("second");

        Assert.Equal("second", history.Previous("begun"));
        Assert.Equal("first", history.Previous("second"));
        Assert.Null(history.Previous("first"));
        Assert.Equal("second", history.Next());
        Assert.Equal("begun", history.Next());
        Assert.Null(history.Next());
    }
}
