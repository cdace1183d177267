using System.Collections.ObjectModel;
using System.Management.Automation.Host;
using ImageCmdlets.Shell.Hosting;

namespace ImageCmdlets.Shell.Interaction;

/// <summary>Asks the user to choose by hot key or label, as pwsh's confirmation prompts do.</summary>
internal sealed class ChoicePrompt(ShellUserInterface ui)
{
    /// <summary>Asks until one choice is made; an empty answer takes the default.</summary>
    /// <returns>The index of the choice.</returns>
    public int AskOne(string? caption, string? message, IReadOnlyList<ChoiceDescription> choices, int defaultChoice)
    {
        ui.WriteHeading(caption, message);
        int[] defaults = defaultChoice < 0 ? [] : [defaultChoice];
        while (true)
        {
            ui.Write(Menu(choices, defaults));
            string answer = ui.ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
                return defaultChoice;

            if (answer == "?")
                WriteHelp(choices);
            else if (Find(choices, answer) is int chosen and >= 0)
                return chosen;
        }
    }

    /// <summary>Asks for choices, one a line, until an empty answer.</summary>
    /// <returns>The indexes in the order given; the defaults when the first answer is empty.</returns>
    public Collection<int> AskMany(
        string? caption, string? message, IReadOnlyList<ChoiceDescription> choices, IReadOnlyList<int> defaults)
    {
        ui.WriteHeading(caption, message);
        ui.WriteLine(Menu(choices, defaults));
        List<int> chosen = [];
        while (true)
        {
            ui.Write($"Choice[{chosen.Count}]: ");
            string answer = ui.ReadLine().Trim();
            if (answer.Length == 0)
                return new Collection<int>(chosen.Count > 0 ? chosen : [.. defaults]);

            if (answer == "?")
                WriteHelp(choices);
            else if (Find(choices, answer) is int index and >= 0)
                chosen.Add(index);
        }
    }

    private static string Menu(IReadOnlyList<ChoiceDescription> choices, IReadOnlyList<int> defaults)
    {
        string options = string.Concat(choices.Select(choice => $"[{HotKey(choice)}] {Label(choice)}  "));
        string standard = defaults.Count == 0
            ? ""
            : $" (default is \"{string.Join(',', defaults.Select(index => HotKey(choices[index])))}\")";
        return $"{options}[?] Help{standard}: ";
    }

    private static int Find(IReadOnlyList<ChoiceDescription> choices, string answer)
    {
        for (int index = 0; index < choices.Count; index++)
        {
            if (answer.Equals(HotKey(choices[index]), StringComparison.CurrentCultureIgnoreCase)
                || answer.Equals(Label(choices[index]), StringComparison.CurrentCultureIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }

    private void WriteHelp(IEnumerable<ChoiceDescription> choices)
    {
        foreach (ChoiceDescription choice in choices)
            ui.WriteLine($"{HotKey(choice)} - {choice.HelpMessage}");
    }

    /// <summary>The letter after the ampersand; a label without one is its own key.</summary>
    private static string HotKey(ChoiceDescription choice)
    {
        int mark = choice.Label.IndexOf('&');
        return mark >= 0 && mark + 1 < choice.Label.Length
            ? choice.Label[mark + 1].ToString().ToUpperInvariant()
            : choice.Label;
    }

    private static string Label(ChoiceDescription choice) => choice.Label.Replace("&", "", StringComparison.Ordinal).Trim();
}
