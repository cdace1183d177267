using System.Management.Automation;
using ImageCmdlets.Engine.ImageScripts;

namespace ImageCmdlets.Commands;

/// <summary>Runs scripts in virtual machines that are to become images, each once: what an interrupted run began is gone on with.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ImageScript", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true)]
[OutputType(typeof(ImageScriptResult))]
public sealed class InvokeImageScriptCommand : TargetCmdlet<ImageVM>
{
    private IReadOnlyList<ImageScript> _scripts = [];

    /// <summary>Scripts, or paths of scripts, run one after the other as root or SYSTEM; none after one that ends with another exit code than 0.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] Script { get; set; } = [];

    /// <summary>Run them also in machines in which these very scripts have succeeded already.</summary>
    [Parameter]
    public SwitchParameter Again { get; set; }

    private protected override string TargetType => ResourceTypes.VirtualMachine;

    private protected override string ActionName => $"Run {string.Join(", ", _scripts.Select(script => script.Name))} in the guest";

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems()
    {
        yield return ArgumentCheck.MustWait(NoWait);
        yield return ReadScripts();
    }

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        ImageScriptOptions[] machines = [.. ids.Select(id => new ImageScriptOptions { Id = id, Script = _scripts, Again = Again })];
        RunOrStartJob((sink, token) => ImageScriptService.RunAsync(session, machines, run, sink, token));
    }

    private ImageCmdletsException? ReadScripts()
    {
        try
        {
            _scripts = [.. new ScriptReader(SessionState.Path).Read(Script)];
            return null;
        }
        catch (ImageCmdletsException problem)
        {
            return problem;
        }
    }
}
