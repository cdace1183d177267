using System.Globalization;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.ImageTests;

/// <summary>Makes one machine of an image, and looks what it is worth. What is the image's fault is a failed check; every other failure is thrown.</summary>
internal sealed class MachineTest(Operation operation, VMPlan plan, IReadOnlyList<ImageScript> scripts)
{
    private const int LongestTail = 400;
    private static readonly GuestCommandPurpose s_identity = new("imagecmdlets-test", TestGroup.OperationName, "Identity", ImageTestLimits.Identity);
    private static readonly GuestCommandPurpose s_script = new("imagecmdlets-test", TestGroup.OperationName, "Check", ImageTestLimits.Script);

    private readonly TestedMachine _seen = new(plan.Id.Name, plan.Platform.Image.IsWindows);
    private readonly MachineReader _reader = new(operation, plan.Id.Text);

    /// <exception cref="ImageCmdletsException">What Azure refused, for reasons that are not the image's.</exception>
    public async Task<TestedMachine> RunAsync()
    {
        if (await ProvisionAsync().ConfigureAwait(false) && await WaitForAgentAsync().ConfigureAwait(false) is { } machine)
        {
            await IdentifyAsync(machine).ConfigureAwait(false);
            foreach (ImageScript script in scripts)
                _seen.Script.Add(await RunAsync(machine, script).ConfigureAwait(false));
            return _seen;
        }

        foreach (ImageScript script in scripts)
            _seen.Script.Add(Check(script.Name, ImageTestState.Skipped, "The machine did not come so far."));
        return _seen;
    }

    private async Task<bool> ProvisionAsync()
    {
        DateTimeOffset begin = operation.Clock.UtcNow;
        try
        {
            using var progress = new StepProgress(operation, plan.Id.Text, plan.Id.Name, isShown: false);
            ArmAnswer accepted = await VMCreation.BeginAsync(operation, plan, progress).ConfigureAwait(false);
            await operation.Poller.WaitAsync(accepted, plan.Id.Text, null, operation.CancellationToken).ConfigureAwait(false);
            _seen.Start.Add(Check("Provisioning", ImageTestState.Passed, $"Ready after {Seconds(operation.Clock.UtcNow - begin)} s."));
            return true;
        }
        catch (ImageCmdletsException exception) when (IsOfImage(exception))
        {
            _seen.Start.Add(Check("Provisioning", ImageTestState.Failed, $"{exception.Message} (after {Seconds(operation.Clock.UtcNow - begin)} s)", FixOf(exception)) with
            {
                SerialLog = await SerialConsole.FindAsync(operation, plan.Id).ConfigureAwait(false),
            });
            return false;
        }
    }

    private async Task<Machine?> WaitForAgentAsync()
    {
        try
        {
            Machine machine = await _reader.WaitUntilReadyAsync(await _reader.ReadAsync().ConfigureAwait(false), static _ => { }).ConfigureAwait(false);
            _seen.Start.Add(Check("Agent", ImageTestState.Passed, machine.VM.AgentState));
            return machine;
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.VMNotReady)
        {
            _seen.Start.Add(Check("Agent", ImageTestState.Failed, exception.Message,
                "Without the agent Azure can run nothing in the machine. Install it in the source, look that it starts by itself (Test-ImageReadiness shows it), and make the image anew.") with
            {
                SerialLog = await SerialConsole.FindAsync(operation, plan.Id).ConfigureAwait(false),
            });
            return null;
        }
    }

    private async Task IdentifyAsync(Machine machine)
    {
        try
        {
            GuestCommandView view = await new GuestInquiry(operation, _reader, s_identity, static _ => { }).AskAsync(machine, MachineIdentity.Script(machine.IsWindows)).ConfigureAwait(false);
            _seen.Identity = MachineIdentity.Find(view.Output);
            if (_seen.Identity is null)
                _seen.Start.Add(Check("Identity", ImageTestState.Failed, $"The script that asks who the machine is ended as {view} and did not report. {view.ShortenedError()}".Trim()));
        }
        catch (ImageCmdletsException exception) when (IsSilence(exception))
        {
            _seen.Start.Add(Check("Identity", ImageTestState.Failed, exception.Message, exception.RecommendedAction));
        }
    }

    private async Task<ImageTestCheck> RunAsync(Machine machine, ImageScript script)
    {
        try
        {
            GuestCommandView view = await new GuestInquiry(operation, _reader, s_script, static _ => { }).AskAsync(machine, script.Text).ConfigureAwait(false);
            string said = Tail(view.IsGood || view.Error.Length == 0 ? view.Output : view.Error);
            string evidence = view.IsGood ? said : $"{view.ExecutionState} with exit code {view.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "none"}. {(said.Length > 0 ? said : view.Message)}".Trim();
            return Check(script.Name, view.IsGood ? ImageTestState.Passed : ImageTestState.Failed, evidence) with { ExitCode = view.ExitCode, Output = view.Output };
        }
        catch (ImageCmdletsException exception) when (IsSilence(exception))
        {
            return Check(script.Name, ImageTestState.Failed, exception.Message, exception.RecommendedAction);
        }
    }

    private ImageTestCheck Check(string name, ImageTestState state, string? evidence, string? fix = null) => new(name, _seen.Name, state, evidence, fix);

    // Quota, rights, regions without room and the like say nothing of the image.
    private static bool IsOfImage(ImageCmdletsException exception) => exception.ErrorId is ErrorIds.OSProvisioningFailed or ErrorIds.VMExtensionFailed
        || exception is ArmOperationException { Code: "VMStartTimedOut" };

    private static bool IsSilence(ImageCmdletsException exception) => exception.ErrorId is ErrorIds.VMNotReady or ErrorIds.VMExtensionFailed;

    // Azure tells apart by its words whether the agent of a system that did not report runs: then it has started as what its source was.
    private static string FixOf(ImageCmdletsException exception) => (exception as ArmOperationException)?.Code != "OSProvisioningTimedOut" ? exception.RecommendedAction
        : exception.Message.Contains("agent was detected running")
            ? "The image is not generalized: its machine starts as the source was, and never tells Azure that it was set up. Run Invoke-Generalize on the source and make the image anew; or publish it to a definition whose OSState is Specialized."
            : "Its system never reported. The image may not be generalized, or its agent, cloud-init or network do not start: look at SerialLog, run Test-ImageReadiness on the source, Invoke-Generalize, and make the image anew.";

    private static string Tail(string text)
    {
        string trimmed = text.Trim();
        return trimmed.Length <= LongestTail ? trimmed : trimmed.Substring(trimmed.Length - LongestTail);
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
}
