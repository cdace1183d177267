using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;

namespace ImageCmdlets.Shell.Running;

/// <summary>
/// Renders an error as pwsh's concise view does, and adds what that leaves out and a script needs: the error id.
/// </summary>
public static class ErrorView
{
    /// <summary>The view definition that calls <see cref="Render"/>; it must stand before the engine's own for errors.</summary>
    public static SessionStateFormatEntry FormatEntry { get; } = new(new ExtendedTypeDefinition(
        typeof(ErrorRecord).FullName,
        [
            new FormatViewDefinition(
                "ErrorInstance",
                CustomControl.Create(outOfBand: true)
                    .StartEntry()
                    .AddScriptBlockExpressionBinding($"[{typeof(ErrorView).FullName}]::Render($_, $Host.UI.SupportsVirtualTerminal)")
                    .EndEntry()
                    .EndControl()),
        ]));

    /// <summary>The text for an error: where it arose, its message and its id.</summary>
    /// <param name="error">The error.</param>
    /// <param name="coloured">Whether to add escape sequences.</param>
    public static string Render(ErrorRecord error, bool coloured)
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

        text.Append(margin).Append(message.Trim().ReplaceLineEndings(Environment.NewLine + margin));
        foreach (string line in Footer(error))
            text.AppendLine().Append(margin).Append(line);

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

    private static string Source(ErrorRecord error)
    {
        if (error.Exception is RuntimeException { WasThrownFromThrowStatement: true })
            return "Exception";

        if (error.InvocationInfo?.MyCommand is CmdletInfo or FunctionInfo)
            return error.InvocationInfo.MyCommand.Name;

        return error.CategoryInfo.Activity is { Length: > 0 } activity ? activity : error.CategoryInfo.Category.ToString();
    }
}
