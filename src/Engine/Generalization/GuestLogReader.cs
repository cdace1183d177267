using System.Globalization;
using System.Text;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Fetches logs out of a guest, whole: packed there, part by part through the run command, and put together here.</summary>
/// <param name="inquiry">Runs the script.</param>
/// <param name="machine">The machine.</param>
/// <param name="mostBytes">How many bytes of a log are fetched at most.</param>
/// <param name="onPart">Told the characters that have come, and how many there are.</param>
internal sealed class GuestLogReader(GuestInquiry inquiry, Machine machine, int mostBytes, Action<GeneralizeLogName, int, int> onPart)
{
    /// <summary>What of a run command's 4,096 bytes is left beside the numbers and the path.</summary>
    public const int PartLength = 3600;

    // Somebody else who reads logs of the same machine at the same time packs them anew.
    private const int MostAttempts = 3;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    /// <summary>The run command of this cmdlet.</summary>
    public static GuestCommandPurpose Purpose { get; } = new("imagecmdlets-log", "Get-GeneralizeLog", "Read", s_limit);

    /// <summary>The log as it is now; null when the guest has none.</summary>
    /// <exception cref="ImageCmdletsException">VMNotReady, ResourceAlreadyExists, ResourceBusy, InvalidResponse, or what Azure refused.</exception>
    public async Task<GuestLogFile?> ReadAsync(GeneralizeLogName log)
    {
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            GuestLogPart first = await AskAsync(log, 0).ConfigureAwait(false);
            if (first.IsMissing)
                return null;

            if (await ReadPartsAsync(log, first).ConfigureAwait(false) is { } packed && GuestLogFile.Unpack(packed, mostBytes) is { } bytes)
                return new GuestLogFile(first.Path, Math.Max(first.Length, bytes.Length), first.Modified, bytes);
        }

        throw new ImageCmdletsException(ErrorIds.InvalidResponse,
            $"The parts of {log} of '{machine.Name}' do not fit together.", machine.Id, "Run it again when nobody else reads logs of this machine.");
    }

    /// <returns>Null: the parts are not of one file.</returns>
    private async Task<string?> ReadPartsAsync(GeneralizeLogName log, GuestLogPart first)
    {
        var packed = new StringBuilder(first.Text, Math.Max(first.Total, 16));
        onPart(log, packed.Length, first.Total);
        while (packed.Length < first.Total)
        {
            GuestLogPart next = await AskAsync(log, packed.Length).ConfigureAwait(false);
            if (next.Offset != packed.Length || next.Total != first.Total || next.Text.Length == 0)
                return null;

            packed.Append(next.Text);
            onPart(log, packed.Length, first.Total);
        }

        return packed.ToString();
    }

    private async Task<GuestLogPart> AskAsync(GeneralizeLogName log, int offset)
    {
        string script = GuestScript.Read("Generalization.Scripts." + (machine.IsWindows ? "windows-log.ps1" : "linux-log.sh"));
        GuestCommandView view = await inquiry.AskAsync(machine, script, Parameters(log, offset)).ConfigureAwait(false);
        return GuestLogPart.Find(view.Output) ?? throw new ImageCmdletsException(ErrorIds.InvalidResponse,
            $"The script that reads {log} of '{machine.Name}' ended as {view} and did not answer. {view.ShortenedError()}".TrimEnd(), machine.Id);
    }

    private Dictionary<string, string> Parameters(GeneralizeLogName log, int offset) => new()
    {
        [NameOf("LOG")] = log.ToString(),
        [NameOf("OFFSET")] = offset.ToString(CultureInfo.InvariantCulture),
        [NameOf("COUNT")] = PartLength.ToString(CultureInfo.InvariantCulture),
        [NameOf("LIMIT")] = mostBytes.ToString(CultureInfo.InvariantCulture),
    };

    // On Linux they are variables of the environment.
    private string NameOf(string parameter) => machine.IsWindows ? parameter.ToLowerInvariant() : "IMAGECMDLETS_" + parameter;
}
