using System.Globalization;
using System.Text;

namespace ImageCmdlets.Bench.ImageCopyPeer;

/// <summary>Writes the page.</summary>
internal static class SideBySide
{
    private const string Beginning =
        """
        # Side by side with `az image copy`

        Written by `dotnet run -c Release --project bench/ImageCopyPeer`; nothing in the tables is written by hand. Both commands ran against the
        [sandbox server](sandbox-server.md) as processes of their own, each in a world of its own, equal to the others to the byte: a Debian machine
        of the second generation with a data disk of 16 GiB in West Europe, generalized, and an image `golden` of it, zone resilient and with a tag.
        Each copies it to West US 2, North Europe and UK South, into a group that is there.
        """;

    private const string Reading =
        """
        ## How to read it

        - *Time* is told where nothing goes wrong. A second of the machine is a second of Azure there, and what the commands take themselves is in it: az starts itself
          anew for each step, which a busy machine shows. Of it Azure's copying takes, in the sandbox: 4 minutes for a snapshot that travels by `CopyStart`, as was recorded; half a minute and
          10 s for each GiB in use for a blob, which nobody recorded and is kind: users saw 7 MB/s (Azure/azure-cli#10469: 24 of 256 GiB in 59 minutes, then
          the signature ended), 4 % of 256 GiB in 40 minutes (Azure/azure-cli-extensions#1362), and 40 MB/s (Azure/migAz#214).
        - *Requests* are what reached Azure, without those that sign in. Copies are polled every few seconds by both commands; ours polls two disks where az has one.
        - *Left behind* is what is there after all has ended that was still under way, and was not there before, other than images.
        - *Open* is what anybody can read who has got the signature.
        - "A region fails": Azure ends the making of each snapshot in North Europe as failed. "Killed": with SIGKILL, when the first copy to a region had begun.
        - How the sandbox plays Azure, and what it assumes, is listed in `src/Sandbox/README.md`.
        """;

    /// <summary>The page as Markdown.</summary>
    /// <param name="cases">What was tried.</param>
    /// <param name="versions">Of the other command.</param>
    public static string Write(IReadOnlyList<Case> cases, string versions)
    {
        var page = new StringBuilder();
        page.AppendLine(Beginning).AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"The other command: {versions}. Run on {DateTime.UtcNow:d MMMM yyyy}.").AppendLine();
        foreach (IGrouping<string, Case> group in cases.GroupBy(static one => one.What))
            Describe(page, group.Key, [.. group]);
        page.AppendLine(Reading);
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static void Describe(StringBuilder page, string what, Case[] cases)
    {
        page.AppendLine(CultureInfo.InvariantCulture, $"## {char.ToUpperInvariant(what[0])}{what[1..]}").AppendLine();
        Row(page, string.Empty, cases, static one => $"`{one.Tool}`");
        Row(page, "---", cases, static _ => "---");
        Row(page, "exit code", cases, static one => one.Outcome.Run.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "killed");
        Row(page, "says", cases, static one => Lines(one.Outcome.Essence, "nothing"));
        Row(page, "copies", cases, static one => Lines(one.Outcome.Copies, "none"));
        Row(page, "left behind", cases, static one => Lines(one.Outcome.Left, "nothing"));
        Row(page, "open", cases, static one => Lines(one.Outcome.OpenAccesses, "nothing"));
        Row(page, "requests to Resource Manager", cases, static one => $"{one.Outcome.Exchanges.Arm}, {one.Outcome.Exchanges.Reads} of them reads");
        Row(page, "requests to blobs", cases, static one => $"{one.Outcome.Exchanges.Blobs}");
        Row(page, "sign-ins", cases, static one => $"{one.Outcome.Exchanges.SignIns}");
        Row(page, "made, temporaries included", cases, static one => string.Join(", ", one.Outcome.Exchanges.Made.OrderBy(static made => made.Key, StringComparer.Ordinal).Select(static made => $"{made.Value} {made.Key}")) is { Length: > 0 } made ? made : "nothing");
        if (cases.Any(static one => one.What == Findings.Undisturbed)) Row(page, "time", cases, static one => $"{one.Outcome.Run.Time.TotalSeconds:0} s");
        page.AppendLine();
    }

    private static void Row(StringBuilder page, string name, Case[] cases, Func<Case, string> cell) =>
        page.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", cases.Select(cell))} |");

    private static string Lines(IReadOnlyList<string> lines, string none) =>
        lines.Count == 0 ? none : string.Join("<br>", lines.Select(static line => line.Replace("|", "\\|", StringComparison.Ordinal)));
}
