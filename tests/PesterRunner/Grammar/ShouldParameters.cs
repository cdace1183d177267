using System.Collections.ObjectModel;
using System.Management.Automation;
using ImageCmdlets.PesterRunner.Assertions;

namespace ImageCmdlets.PesterRunner.Grammar;

/// <summary>Builds the parameters of <c>Should</c> from its operators: a switch and its values for each, one set an operator.</summary>
internal static class ShouldParameters
{
    /// <summary>The switch that turns an operator round.</summary>
    public const string Not = "Not";

    /// <summary>The reason, told when the assertion fails.</summary>
    /// <remarks>Not a property of the command: those are bound first, and -Be would be taken for a short -Because.</remarks>
    public const string Because = "Because";

    /// <summary>Makes the parameters for one call.</summary>
    public static RuntimeDefinedParameterDictionary Create()
    {
        RuntimeDefinedParameterDictionary parameters = [];
        foreach (ShouldOperator one in ShouldOperator.All.Values)
        {
            Add(parameters, one.Name, typeof(SwitchParameter), new ParameterAttribute { ParameterSetName = one.Name, Mandatory = true });
            if (one.Alias is { } alias)
                parameters[one.Name].Attributes.Add(new AliasAttribute(alias));

            int position = 0;
            foreach ((string name, Type type) in one.Parameters.Append((Because, typeof(string))).Append((Not, typeof(SwitchParameter))))
            {
                ParameterAttribute place = new() { ParameterSetName = one.Name };
                if (type != typeof(SwitchParameter))
                    place.Position = position++;
                Add(parameters, name, type, place);
            }
        }

        return parameters;
    }

    private static void Add(RuntimeDefinedParameterDictionary parameters, string name, Type type, ParameterAttribute place)
    {
        if (parameters.TryGetValue(name, out RuntimeDefinedParameter? known))
            known.Attributes.Add(place);
        else
            parameters.Add(name, new RuntimeDefinedParameter(name, type, new Collection<Attribute> { place }));
    }
}
