namespace ImageCmdlets.Commands;

/// <summary>What a completer was told, and until when it is believed.</summary>
internal sealed class CompletionAnswer(IReadOnlyList<string> values)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(30);
    private readonly DateTimeOffset _until = DateTimeOffset.UtcNow + s_lifetime;

    public IReadOnlyList<string> Values { get; } = values;

    public bool IsFresh => DateTimeOffset.UtcNow < _until;
}
