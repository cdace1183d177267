using System.Text.Json;
using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Guest.Tests.Machine;

namespace ImageCmdlets.Guest.Tests.Generalization;

/// <summary>Runs the script that <c>Invoke-Generalize</c> sends to a Linux machine, and waits for the job that it leaves behind.</summary>
/// <remarks>There is no systemd here, so the script starts a session of its own. The minute that it waits is soon over, and the switch
/// that it pulls at the end writes down that it was pulled (<c>seed.sh</c>).</remarks>
internal static class GeneralizeScript
{
    private const string Marker = "imagecmdlets-generalize";

    /// <param name="machine">The machine.</param>
    /// <param name="settings">Assignments before the script: its parameters, or another PATH.</param>
    /// <param name="before">Commands in the same life of the machine, such as mounts.</param>
    public static GeneralizeRun Run(DebianMachine machine, string settings = "", string before = ":")
    {
        // As the agent does it: a file, run by a process that is killed with all its children once it has answered.
        CommandResult result = machine.Run($$"""
            {{before}}
            cat > /var/lib/script.sh <<'END-OF-SCRIPT'
            {{GuestScript.For(isWindows: false)}}
            END-OF-SCRIPT
            {{settings}} setsid /bin/sh -c '/bin/sh /var/lib/script.sh; echo "exit code $?"; kill -9 -$$'
            rm -f /var/lib/script.sh
            # The job ends by itself; its session is the only one that is left.
            while pgrep -f 'imagecmdlets-generalize[.]sh' > /dev/null; do /usr/bin/sleep 0.1; done
            echo "job"
            cat /run/imagecmdlets-generalize.result 2> /dev/null
            [ ! -e /run/switched-off ] || echo "switched off"
            """);
        string[] lines = result.Lines;
        int job = Array.IndexOf(lines, "job");
        Assert.True(job >= 0, result.Error + result.Output);
        return new GeneralizeRun
        {
            ExitCode = lines.Take(job).Where(line => line.StartsWith("exit code ", StringComparison.Ordinal)).Select(line => line[10..]).Single(),
            Answer = Report(lines.Take(job)),
            End = Report(lines.Skip(job)),
            IsSwitchedOff = lines.Contains("switched off"),
        };
    }

    private static JsonElement? Report(IEnumerable<string> lines)
    {
        string? line = lines.SingleOrDefault(line => line.Contains(Marker, StringComparison.Ordinal));
        if (line is null)
            return null;

        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
