using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Parses functions and parameters.</summary>
internal sealed class PsFunctionParser(PsReader reader, PsExpressionParser expressions, PsParser parser)
{
    private static readonly Regex s_name = new(@"\G[\w.-]+");
    private static readonly Regex s_parameter = new(@"\G(\[[^\]]*(\[[^\]]*\])?[^\]]*\]\s*)*\$(?<name>\w+)");

    /// <summary>Parses a function; the position is at its keyword.</summary>
    public PsNode Parse()
    {
        reader.Position += reader.Word().Length;
        reader.SkipBlanks();
        string name = reader.Take(s_name)?.Value ?? throw reader.Error("Missing function name");
        reader.SkipLines();
        List<KeyValuePair<string, PsNode?>> parameters = reader.Take("(") ? ParseParameters() : [];
        PsNode block = parser.ParseScriptBlock();
        return new PsNode(PsNodeKind.Function, name, parameters.Count == 0 ? block : block with { Parameters = parameters });
    }

    /// <summary>Parses the <c>param</c> block of a script or script block; none when there is none.</summary>
    public List<KeyValuePair<string, PsNode?>> ParseParam()
    {
        int back = reader.Position;
        reader.SkipSeparators();
        if (reader.StartsWith("[CmdletBinding("))
        {
            while (reader.Current != ']' && !reader.AtEnd) reader.Position++;
            reader.Position++;
            reader.SkipLines();
        }

        if (reader.Word() != "param")
        {
            reader.Position = back;
            return [];
        }

        reader.Position += 5;
        reader.Expect("(");
        return ParseParameters();
    }

    private List<KeyValuePair<string, PsNode?>> ParseParameters()
    {
        var parameters = new List<KeyValuePair<string, PsNode?>>();
        reader.SkipLines();
        while (!reader.Take(")"))
        {
            string name = reader.Take(s_parameter)?.Groups["name"].Value ?? throw reader.Error("Missing parameter name");
            reader.SkipLines();
            parameters.Add(new(name, reader.Take("=") ? expressions.Operand() : null));
            reader.SkipLines();
            reader.Take(",");
            reader.SkipLines();
        }

        return parameters;
    }
}
