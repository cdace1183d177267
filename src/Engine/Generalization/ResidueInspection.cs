using System.Globalization;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Audits the root of a running Linux machine. It changes nothing; the run command that it needs is taken away again.</summary>
internal sealed class ResidueInspection(Operation operation, string id)
{
    // With lines of usual length this fills most of a run command's 4,096 bytes.
    private const int UsualPage = 32;

    private static readonly GuestCommandPurpose s_purpose = new("imagecmdlets-residue", "Test-ImageResidue", "Audit", TimeSpan.FromMinutes(8));

    private readonly MachineReader _reader = new(operation, id);

    /// <exception cref="ImageCmdletsException">VMNotFound, VMNotReady, OSTypeMismatch, ResourceBusy, ResourceAlreadyExists, InvalidResponse, or what
    /// Azure refused.</exception>
    public async Task<ImageResidue> RunAsync()
    {
        using var progress = new StepProgress(operation, _reader.Id.Text, $"Auditing {_reader.Id.Name}");
        progress.Begin("Azure", 0);
        Machine machine = await _reader.WaitUntilSettledAsync(progress.Waiting).ConfigureAwait(false);
        if (machine.IsWindows)
        {
            throw new ImageCmdletsException(ErrorIds.OSTypeMismatch, $"'{machine.Name}' is a Windows machine; the audit is for Linux.", machine.Id,
                "Get-GeneralizeState tells how far it is.");
        }

        if (!machine.IsRunning || machine.IsGeneralized)
        {
            throw new ImageCmdletsException(ErrorIds.VMNotReady,
                $"'{machine.Name}' is {(machine.IsGeneralized ? "generalized" : machine.VM.PowerState?.ToLowerInvariant() ?? "not running")}: its guest cannot be audited.",
                machine.Id, "Mount a copy of its disk in another machine, and pass the folder as -RootPath.");
        }

        return await ReadAsync(machine, progress).ConfigureAwait(false);
    }

    // What is too long for an answer is asked for in smaller parts; the audit's order does not change while the system does not.
    private async Task<ImageResidue> ReadAsync(Machine machine, StepProgress progress)
    {
        var inquiry = new GuestInquiry(operation, _reader, s_purpose, progress.Waiting);
        var findings = new List<ImageFinding>();
        int omitted = 0;
        int skip = 0;
        int take = UsualPage;
        int count = 1;
        while (skip < count)
        {
            progress.Begin($"Audit, {findings.Count} findings", Math.Min(95, 10 + (80 * skip / count)));
            ResidueReport page = await AskAsync(inquiry, machine, skip, take).ConfigureAwait(false);
            count = page.Count;
            if (!page.IsWhole && take > 1)
            {
                take = Math.Max(1, take / 2);
                continue;
            }

            findings.AddRange(page.Finding);
            omitted += page.IsWhole ? 0 : 1;
            skip += take;
        }

        return new ImageResidue { Id = machine.Id, Name = machine.Name, Path = "/", Finding = ResidueService.Ordered(findings), OmittedCount = omitted };
    }

    private static async Task<ResidueReport> AskAsync(GuestInquiry inquiry, Machine machine, int skip, int take)
    {
        // The agent may give parameters to a script as arguments, too; the first one is the root then.
        var parameters = new Dictionary<string, string>
        {
            ["IMAGECMDLETS_ROOT"] = "/",
            ["IMAGECMDLETS_SKIP"] = skip.ToString(CultureInfo.InvariantCulture),
            ["IMAGECMDLETS_TAKE"] = take.ToString(CultureInfo.InvariantCulture),
        };
        GuestCommandView view = await inquiry.AskAsync(machine, ResidueService.Script, parameters).ConfigureAwait(false);
        return ResidueReport.Find(view.Output) ?? throw new ImageCmdletsException(ErrorIds.InvalidResponse,
            $"The audit of '{machine.Name}' ended as {view} and did not report. {view.ShortenedError()}".TrimEnd(), machine.Id);
    }
}
