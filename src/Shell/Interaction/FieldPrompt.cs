using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using ImageCmdlets.Shell.Hosting;

namespace ImageCmdlets.Shell.Interaction;

/// <summary>Asks for values by name: the engine does so for mandatory parameters that were left out.</summary>
internal sealed class FieldPrompt(ShellUserInterface ui)
{
    /// <summary>Asks for each field; a value that does not fit its type is asked for again.</summary>
    public Dictionary<string, PSObject?> Ask(string? caption, string? message, IEnumerable<FieldDescription> fields)
    {
        ui.WriteHeading(caption, message);
        Dictionary<string, PSObject?> answers = [];
        foreach (FieldDescription field in fields)
            answers[field.Name] = Answer(field);

        return answers;
    }

    private PSObject? Answer(FieldDescription field)
    {
        Type type = Type.GetType(field.ParameterAssemblyFullName) ?? typeof(string);
        if (type == typeof(PSCredential))
            return new PSObject(ui.PromptForCredential("", field.HelpMessage, "", ""));

        return type.IsArray || type == typeof(IList) ? new PSObject(Items(field, type)) : Item(field.Name, type);
    }

    private Array Items(FieldDescription field, Type type)
    {
        Type itemType = type.GetElementType() ?? typeof(object);
        ArrayList items = [];
        while (Item($"{field.Name}[{items.Count}]", itemType, emptyEnds: true) is { } item)
            items.Add(item.BaseObject);

        return items.ToArray(itemType);
    }

    private PSObject? Item(string label, Type type, bool emptyEnds = false)
    {
        while (true)
        {
            ui.Write(label + ": ");
            if (type == typeof(SecureString))
                return new PSObject(ui.ReadLineAsSecureString());

            string text = ui.ReadLine();
            if (emptyEnds && text.Length == 0)
                return null;

            if (LanguagePrimitives.TryConvertTo(text, type, out object value))
                return PSObject.AsPSObject(value);

            ui.WriteErrorLine($"'{text}' is not a {type.Name}.");
        }
    }
}
