using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Templates;

/// <summary>Functions by name, found without regard to case.</summary>
internal static class FunctionTable
{
    private static readonly Dictionary<string, TemplateFunction> s_functions =
        TextFunctions.All.Concat(CollectionFunctions.All).Concat(LogicFunctions.All)
            .ToDictionary(static function => function.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Calls a function.</summary>
    /// <exception cref="TemplateException">There is no such function, or it has other parameters.</exception>
    public static JsonNode? Call(string name, IReadOnlyList<JsonNode?> arguments)
    {
        if (!s_functions.TryGetValue(name, out TemplateFunction? function))
        {
            throw new TemplateException(
                $"The template function '{name}' is not valid. Please see https://aka.ms/arm-functions for usage details.");
        }

        CheckCount(function.Name, arguments.Count, function.Minimum, function.Maximum);
        return function.Call(function.Name, arguments);
    }

    /// <summary>Refuses a call with too few or too many arguments.</summary>
    public static void CheckCount(string name, int count, int minimum, int maximum)
    {
        if (count >= minimum && count <= maximum) return;
        string expected = minimum == maximum ? $"{minimum} parameter(s)" : $"{minimum} to {maximum} parameters";
        throw new TemplateException(
            $"Unable to evaluate template language function '{name}': function requires {expected} while '{count}' were " +
            $"provided. Please see https://aka.ms/arm-functions#{name.ToLowerInvariant()} for usage details.");
    }
}
