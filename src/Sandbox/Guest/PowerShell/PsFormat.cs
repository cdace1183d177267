using System.Text;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Writes what a script gives out as text. Objects are shown as lists, whatever views PowerShell has for them.</summary>
internal static class PsFormat
{
    /// <summary>All items, each with a line end.</summary>
    public static string Text(IEnumerable<object?> items)
    {
        var text = new StringBuilder();
        foreach (object? item in items.SelectMany(PsConvert.Items))
        {
            Append(text, item);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, object? item)
    {
        if (item is not PsTable table)
        {
            text.Append(PsConvert.ToText(item)).Append('\n');
            return;
        }

        int width = table.Names.Count == 0 ? 0 : table.Names.Max(static n => n.Length);
        text.Append('\n');
        foreach (KeyValuePair<string, object?> property in table)
        {
            text.Append(property.Key.PadRight(width)).Append(" : ").Append(PsConvert.ToText(property.Value)).Append('\n');
        }

        text.Append('\n');
    }
}
