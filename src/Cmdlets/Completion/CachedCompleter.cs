using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Language;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Commands;

/// <summary>The base of completers: asks Azure at most once in a while, never longer than two seconds, and gives nothing when it fails.</summary>
public abstract class CachedCompleter : IArgumentCompleter
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private static readonly ConcurrentDictionary<string, CompletionAnswer> s_cache = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        if ((fakeBoundParameters["Session"] as ImageSession ?? SessionStore.Default) is not { IsConnected: true } session)
            return [];

        string word = wordToComplete.Trim('\'', '"');
        return Values(session, commandName, fakeBoundParameters)
            .Where(value => value.StartsWith(word, StringComparison.OrdinalIgnoreCase) || ShownAs(value).StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(value => new CompletionResult(Quote(value), ShownAs(value), CompletionResultType.ParameterValue, value));
    }

    /// <summary>What distinguishes this completer's questions, such as the path that is listed. Null: nothing to offer.</summary>
    private protected abstract string? Question(ImageSession session, string commandName, IDictionary fakeBoundParameters);

    /// <summary>What stands in the list for a value, and may be typed as well.</summary>
    private protected virtual string ShownAs(string value) => value;

    /// <summary>Answers such a question.</summary>
    private protected virtual Task<IReadOnlyList<string>> AnswerAsync(ImageSession session, string question, CancellationToken cancellationToken) =>
        CompletionService.NamesAsync(session, question, cancellationToken);

    private IReadOnlyList<string> Values(ImageSession session, string commandName, IDictionary parameters)
    {
        if (Question(session, commandName, parameters) is not { } path)
            return [];

        string key = $"{session.SessionId} {path}";
        if (s_cache.TryGetValue(key, out CompletionAnswer? cached) && cached.IsFresh)
            return cached.Values;

        var answer = new CompletionAnswer(Ask(session, path));
        s_cache[key] = answer;
        return answer.Values;
    }

    private IReadOnlyList<string> Ask(ImageSession session, string path)
    {
        IReadOnlyList<string> values = [];
        try
        {
            using var limit = new CancellationTokenSource(s_patience);
            using var pump = new PipelinePump(limit.Token);
            pump.Run(async token => values = await AnswerAsync(session, path, token).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ImageCmdletsException)
        {
            // Tab must never fail or print; no proposal is the honest answer.
        }

        return values;
    }

    private static string Quote(string value) => value.IndexOfAny([' ', '\'', '$', '(', ')', ';', '&', '@']) < 0 ? value : $"'{value.Replace("'", "''")}'";
}
