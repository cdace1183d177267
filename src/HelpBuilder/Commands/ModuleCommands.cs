using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ImageCmdlets.HelpBuilder.Pages;

namespace ImageCmdlets.HelpBuilder.Commands;

/// <summary>Imports the built module and looks at its commands.</summary>
internal static class ModuleCommands
{
    private const string Nothing = "None";

    /// <summary>Every command of the module, by name.</summary>
    /// <param name="manifest">The full path of the manifest.</param>
    /// <param name="documentation">What the source says of the commands.</param>
    public static IReadOnlyList<CommandFacts> Of(string manifest, XmlDocumentation documentation)
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using PowerShell powerShell = PowerShell.Create(runspace);
        powerShell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("ErrorAction", "Stop").Invoke();
        powerShell.Commands.Clear();
        powerShell.AddCommand("Get-Command").AddParameter("Module", Path.GetFileNameWithoutExtension(manifest))
            .AddParameter("CommandType", CommandTypes.Cmdlet);
        return [.. powerShell.Invoke<CmdletInfo>().OrderBy(command => command.Name, StringComparer.Ordinal).Select(command => Facts(command, documentation))];
    }

    private static CommandFacts Facts(CmdletInfo command, XmlDocumentation documentation)
    {
        ParameterMetadata[] own =
        [
            .. command.Parameters.Values
                .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
                .OrderBy(parameter => parameter.Name, StringComparer.Ordinal),
        ];
        string[] inputs = [.. own.Where(TakesPipeline).Select(parameter => parameter.ParameterType.FullName!).Distinct()];
        string[] outputs = [.. command.OutputType.Select(type => type.Type == typeof(void) ? Nothing : type.Name).Distinct()];
        return new CommandFacts(
            command.Name,
            [.. command.ParameterSets.OrderByDescending(set => set.IsDefault).Select(set => Syntax(command, set))],
            own.ToDictionary(parameter => parameter.Name, Facts),
            inputs,
            outputs,
            documentation.Of(command.ImplementingType.FullName!),
            Summaries(command, own, [.. inputs, .. outputs], documentation));
    }

    private static Dictionary<string, string> Summaries(
        CmdletInfo command, ParameterMetadata[] parameters, IEnumerable<string> types, XmlDocumentation documentation)
    {
        IEnumerable<(string Name, string? Text)> all =
        [
            .. parameters.Select(parameter => (parameter.Name, documentation.Of(command.ImplementingType, parameter.Name))),
            .. types.Select(type => (type, documentation.Of(type))),
            .. parameters.Where(TakesPipeline).Select(parameter =>
                (parameter.ParameterType.FullName!, documentation.Of(command.ImplementingType, parameter.Name))),
            (Nothing, "This command writes nothing."),
        ];
        return all.Where(one => one.Text is not null).DistinctBy(one => one.Name).ToDictionary(one => one.Name, one => one.Text!);
    }

    private static HelpSyntax Syntax(CmdletInfo command, CommandParameterSetInfo set) =>
        new(set.Name, set.IsDefault, $"{command.Name} {set}");

    private static bool TakesPipeline(ParameterMetadata parameter) =>
        parameter.ParameterSets.Values.Any(set => set.ValueFromPipeline);

    private static ParameterFacts Facts(ParameterMetadata parameter) => new()
    {
        Type = parameter.ParameterType.ToString(),
        SupportsWildcards = parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
        Aliases = [.. parameter.Aliases.Order(StringComparer.Ordinal)],
        ParameterSets = [.. parameter.ParameterSets.OrderBy(set => set.Key, StringComparer.Ordinal).Select(set => Facts(set.Key, set.Value))],
        DontShow = parameter.Attributes.OfType<ParameterAttribute>().Any(attribute => attribute.DontShow),
        AcceptedValues = AcceptedValues(parameter),
        HelpMessage = parameter.ParameterSets.Values.Select(set => set.HelpMessage).FirstOrDefault(text => text is not null) ?? "",
    };

    private static ParameterSetFacts Facts(string name, ParameterSetMetadata set) => new()
    {
        Name = name == ParameterAttribute.AllParameterSets ? ParameterSetFacts.All : name,
        Position = set.Position == int.MinValue ? "Named" : $"{set.Position}",
        IsRequired = set.IsMandatory,
        ValueFromPipeline = set.ValueFromPipeline,
        ValueFromPipelineByPropertyName = set.ValueFromPipelineByPropertyName,
        ValueFromRemainingArguments = set.ValueFromRemainingArguments,
    };

    private static List<string> AcceptedValues(ParameterMetadata parameter)
    {
        Type type = parameter.ParameterType.GetElementType() ?? parameter.ParameterType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return [.. Enum.GetNames(type)];

        return parameter.Attributes.OfType<ValidateSetAttribute>().FirstOrDefault() is { } set ? [.. set.ValidValues] : [];
    }
}
