using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Shell.Running;

/// <summary>
/// Renders an error as pwsh's concise view does, and adds what that leaves out and a script needs: the error id.
/// </summary>
public static partial class ErrorView
{
    private const int MarginWidth = 7;

    /// <summary>The view definition that calls <see cref="Render"/>; it must stand before the engine's own for errors.</summary>
    public static SessionStateFormatEntry FormatEntry { get; } = new(new ExtendedTypeDefinition(
        typeof(ErrorRecord).FullName,
        [
            new FormatViewDefinition(
                "ErrorInstance",
                CustomControl.Create(outOfBand: true)
                    .StartEntry()
                    .AddScriptBlockExpressionBinding(
                        $"[{typeof(ErrorView).FullName}]::Render($_, $Host.UI.SupportsVirtualTerminal, $Host.UI.RawUI.WindowSize.Width)")
                    .EndEntry()
                    .EndControl()),
        ]));

    /// <summary>The text for an error: where it arose, its message and its id.</summary>
    /// <param name="error">The error.</param>
    /// <param name="coloured">Whether to add escape sequences.</param>
    /// <param name="width">The columns to keep to.</param>
    public static string Render(ErrorRecord error, bool coloured, int width)
    {
        string accent = coloured ? PSStyle.Instance.Formatting.ErrorAccent : "";
        string red = coloured ? PSStyle.Instance.Formatting.Error : "";
        string reset = coloured ? PSStyle.Instance.Reset : "";
        string message = string.IsNullOrEmpty(error.ErrorDetails?.Message) ? error.Exception.Message : error.ErrorDetails.Message;

        StringBuilder text = new();
        text.Append(red).Append(Source(error)).Append(": ");
        string margin = "";
        if (error.InvocationInfo is { ScriptName.Length: > 0 } invocation)
        {
            margin = $"{accent}     | {red}";
            AppendPosition(text, invocation, accent, reset, margin);
        }

        int room = margin.Length == 0 ? int.MaxValue : width - MarginWidth;
        IEnumerable<string> lines = Wrap(message.Trim(), room).Concat(Footer(error));
        text.Append(margin).AppendJoin(Environment.NewLine + margin, lines);
        return text.Append(reset).ToString();
    }

    private static void AppendPosition(StringBuilder text, InvocationInfo invocation, string accent, string reset, string margin)
    {
        // PositionMessage: "At file:line char:n", then the line and its underline, each after a plus sign.
        string[] position = invocation.PositionMessage.Split(Environment.NewLine);
        string number = invocation.ScriptLineNumber.ToString(CultureInfo.InvariantCulture).PadLeft(4);
        text.Append(reset).AppendLine(CultureInfo.InvariantCulture, $"{invocation.ScriptName}:{invocation.ScriptLineNumber}");
        text.Append(accent).AppendLine("Line |");
        if (position.Length < 3)
            return;

        text.Append(accent).Append(number).Append(" | ").Append(reset).AppendLine(position[1][1..]);
        text.Append(margin).AppendLine(position[^1][1..]);
    }

    private static IEnumerable<string> Footer(ErrorRecord error)
    {
        if (error.ErrorDetails?.RecommendedAction is { Length: > 0 } advice)
            yield return "Advice: " + advice;

        yield return "ErrorId: " + error.FullyQualifiedErrorId;
    }

    /// <summary>What the error comes from, in pwsh's order of preference.</summary>
    private static string Source(ErrorRecord error)
    {
        if (error.Exception is RuntimeException { WasThrownFromThrowStatement: true })
            return "Exception";

        string? command = error.InvocationInfo?.MyCommand is CmdletInfo or FunctionInfo ? error.InvocationInfo.MyCommand.Name : null;
        string? category = error.CategoryInfo.Category == ErrorCategory.NotSpecified ? null : error.CategoryInfo.Category.ToString();
        string?[] names = [command, error.CategoryInfo.Activity, error.InvocationInfo?.InvocationName, Place(error), category, error.CategoryInfo.Reason];
        return Array.Find(names, name => name is not (null or "" or "." or "&")) ?? "Error";
    }

    /// <summary>
    /// The line of the script that was running, for an error that says none itself: an advanced script hides the line of a
    /// command that ended it.
    /// </summary>
    private static string? Place(ErrorRecord error) =>
        string.IsNullOrEmpty(error.InvocationInfo?.ScriptName) && Frame().Match(error.ScriptStackTrace ?? "") is { Success: true } frame
            ? $"{frame.Groups["file"].Value}:{frame.Groups["line"].Value}"
            : null;

    private static IEnumerable<string> Wrap(string message, int room)
    {
        foreach (string line in message.ReplaceLineEndings("\n").Split('\n'))
        {
            string rest = line;
            while (rest.Length > room && rest.LastIndexOf(' ', room) is int space and > 0)
            {
                yield return rest[..space];
                rest = rest[(space + 1)..];
            }

            yield return rest;
        }
    }

    [GeneratedRegex(@", (?<file>[^\n]+\.ps1): line (?<line>\d+)")]
    private static partial Regex Frame();
}
