using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace ImageCmdlets.PesterRunner.Grammar;

/// <summary>The words of Pester that specs may use, and the commands behind them.</summary>
/// <remarks>A cmdlet's name must have a hyphen, so each word is an alias.</remarks>
internal static class SpecGrammar
{
    private static readonly (string Word, Type Command)[] s_words =
    [
        ("Describe", typeof(AddSpecBlockCommand)),
        ("Context", typeof(AddSpecBlockCommand)),
        ("It", typeof(AddSpecTestCommand)),
        ("BeforeDiscovery", typeof(InvokeSpecDiscoveryCommand)),
        ("BeforeAll", typeof(AddSpecBeforeAllCommand)),
        ("BeforeEach", typeof(AddSpecBeforeEachCommand)),
        ("AfterEach", typeof(AddSpecAfterEachCommand)),
        ("AfterAll", typeof(AddSpecAfterAllCommand)),
        ("Should", typeof(AssertSpecCommand)),
    ];

    /// <summary>Adds the words to a session that will run specs.</summary>
    public static void AddTo(InitialSessionState state)
    {
        foreach ((string word, Type command) in s_words)
        {
            CmdletAttribute cmdlet = command.GetCustomAttribute<CmdletAttribute>()!;
            string name = $"{cmdlet.VerbName}-{cmdlet.NounName}";
            if (!state.Commands.Any(entry => entry.Name == name))
                state.Commands.Add(new SessionStateCmdletEntry(name, command, helpFileName: null));
            state.Commands.Add(new SessionStateAliasEntry(word, name));
        }
    }
}
