using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Audits Linux systems for what is personal or secret before they become images.</summary>
public static class ResidueService
{
    private static readonly TimeSpan s_longestRun = TimeSpan.FromMinutes(45);
    private static readonly Lazy<string> s_script = new(() => GuestScript.Read("Generalization.Scripts.linux-residue.sh"));

    internal static string Script => s_script.Value;

    /// <summary>Audits running machines side by side and writes an <see cref="ImageResidue"/> for each. The failure of one is reported and does
    /// not stop the others.</summary>
    /// <remarks>Source: <c>VirtualMachineRunCommands_CreateOrUpdate</c>.</remarks>
    /// <exception cref="ImageCmdletsException">VMNotFound, VMNotReady, OSTypeMismatch, InvalidResponse, ResourceBusy, ResourceAlreadyExists,
    /// OperationTimedOut, or what Azure refused.</exception>
    public static Task TestAsync(ImageSession session, IReadOnlyList<string> ids, RunOptions run, IOperationSink sink, CancellationToken cancellationToken)
    {
        int rounds = (ids.Count + run.ThrottleLimit - 1) / run.ThrottleLimit;
        RunOptions bounded = run with { Timeout = run.Timeout ?? TimeSpan.FromTicks(s_longestRun.Ticks * rounds) };
        return Operation.RunAsync(session, sink, bounded, ids[0], operation =>
            operation.ForEachItemAsync(ids, async (id, branch) =>
                await branch.WriteAsync(await new ResidueInspection(branch, id).RunAsync().ConfigureAwait(false)).ConfigureAwait(false)), cancellationToken);
    }

    /// <summary>Audits folders of this computer that are roots of Linux systems and writes an <see cref="ImageResidue"/> for each. Asks nobody.
    /// The failure of one is reported and does not stop the others.</summary>
    /// <exception cref="ImageCmdletsException">OperationNotSupported, FileNotFound, InvalidResponse.</exception>
    public static async Task TestRootAsync(IReadOnlyList<string> roots, IOperationSink sink, CancellationToken cancellationToken)
    {
        foreach (string root in roots)
        {
            try
            {
                await sink.WriteAsync(await LocalAudit.RunAsync(root, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }
            catch (ImageCmdletsException exception)
            {
                await sink.ErrorAsync(exception, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The worst first, else in the audit's order.</summary>
    internal static IReadOnlyList<ImageFinding> Ordered(IEnumerable<ImageFinding> findings) => [.. findings.OrderByDescending(finding => finding.Severity)];
}
