using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ImageCmdlets.Commands;

/// <summary>The base of completers for values that nobody has to be asked for.</summary>
public abstract class FixedCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string word = wordToComplete.Trim('\'', '"');
        return Values(commandName).Where(value => value.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Select(value => new CompletionResult(value));
    }

    private protected abstract IReadOnlyList<string> Values(string commandName);
}
