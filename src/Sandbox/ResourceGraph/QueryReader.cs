using System.Globalization;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.ResourceGraph;

/// <summary>Goes through the tokens of a query.</summary>
/// <param name="tokens">The tokens, an end behind them.</param>
internal sealed class QueryReader(IReadOnlyList<QueryToken> tokens)
{
    private int _index;

    /// <summary>The token that comes.</summary>
    public QueryToken Current => tokens[_index];

    /// <summary>Takes the token that comes.</summary>
    public QueryToken Take()
    {
        QueryToken taken = Current;
        if (taken.Kind != QueryTokenKind.End) _index++;
        return taken;
    }

    /// <summary>Takes a word or sign if it comes.</summary>
    public bool TryTake(string text)
    {
        if (!Current.Is(text)) return false;
        _index++;
        return true;
    }

    /// <summary>Takes a word or sign that must come.</summary>
    /// <exception cref="ArmException">400 InvalidQuery.</exception>
    public void Require(string text)
    {
        if (!TryTake(text)) throw Unexpected();
    }

    /// <summary>Takes a name that must come.</summary>
    /// <exception cref="ArmException">400 InvalidQuery.</exception>
    public string Name() => Current.Kind == QueryTokenKind.Word ? Take().Text : throw Unexpected();

    /// <summary>Takes a number that must come.</summary>
    /// <exception cref="ArmException">400 InvalidQuery.</exception>
    public int Number()
    {
        if (Current.Kind != QueryTokenKind.Number || !int.TryParse(Current.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) throw Unexpected();
        Take();
        return number;
    }

    /// <summary>Whether a name and an equals sign come: an alias.</summary>
    public bool IsAlias() => Current.Kind == QueryTokenKind.Word && tokens[_index + 1].Is("=");

    /// <summary>Items with commas between them.</summary>
    public IReadOnlyList<T> List<T>(Func<T> item)
    {
        var items = new List<T> { item() };
        while (TryTake(",")) items.Add(item());
        return items;
    }

    /// <summary>What was taken since a position, as a column is called that has no name of its own: points become underlines.</summary>
    public string Between(int position) => string.Concat(tokens.Take(_index).Where(token => token.Position >= position)
        .Where(static token => token.Text is not ("[" or "]")).Select(static token => token.Text == "." ? "_" : token.Text));

    /// <summary>The refusal of the token that comes.</summary>
    public ArmException Unexpected() => GraphErrors.Parser(Current.Position, Current.Text);
}
