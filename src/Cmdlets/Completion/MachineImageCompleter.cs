using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ImageCmdlets.Engine.Marketplace;

namespace ImageCmdlets.Commands;

/// <summary>Proposes what machines are made of: the managed images in the resource group already typed, and the aliases of marketplace images.</summary>
public sealed class MachineImageCompleter : IArgumentCompleter
{
    private readonly ImageNameCompleter _images = new();

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = wordToComplete.Trim('\'', '"');
        return _images.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters)
            .Concat(ImageAliases.Names.Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .Select(name => new CompletionResult(name, name, CompletionResultType.ParameterValue, ImageAliases.UrnOf(name))));
    }
}
