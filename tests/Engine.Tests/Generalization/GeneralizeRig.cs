using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Engine.Vms;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Generalization;

/// <summary>A sandbox with one machine, and what a user can do to it.</summary>
internal sealed class GeneralizeRig : IDisposable
{
    private const string Windows = "MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:latest";
    private const string Linux = "Canonical:ubuntu-24_04-lts:server:latest";
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFRlc3RLZXlGb3JUaGVTYW5kYm94T25seTEyMzQ1Njc4OTA= test";

    private GeneralizeRig(ImageSession session, ImageVM machine)
    {
        Session = session;
        Machine = machine;
    }

    public ImageSession Session { get; }

    public ImageVM Machine { get; }

    /// <summary>The tags of its operating system disk before anything was done to it.</summary>
    public IReadOnlyDictionary<string, string> DiskTag { get; private set; } = new Dictionary<string, string>();

    public ArmSandbox Sandbox => EngineSession.Of(Session).Sandbox!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<GeneralizeRig> CreateAsync(bool isWindows, bool withDataDisk = false)
    {
        ImageSession session = await SessionService.ConnectAsync(new ConnectOptions { Method = AuthenticationMethod.Sandbox }, new RecordingSink(), Token);
        var options = new NewVMOptions
        {
            ResourceGroupName = "images", Name = "web01", Location = "westeurope", Image = isWindows ? Windows : Linux, SshPublicKey = isWindows ? [] : [Key], DataDiskSizeGB = withDataDisk ? [8] : [],
        };
        var sink = new RecordingSink();
        await VMService.NewAsync(session, [options], new RunOptions(), sink, Token);
        Assert.Empty(sink.Errors);
        var rig = new GeneralizeRig(session, Assert.Single(sink.Items.OfType<ImageVM>()));
        rig.DiskTag = (await rig.ReadTracesAsync()).DiskTag;
        return rig;
    }

    /// <summary>Generalizes the machine; the result, or null when nothing was begun, and the error, if there is one.</summary>
    public async Task<(GeneralizeResult? Result, ImageCmdletsException? Error)> GeneralizeAsync(
        RunOptions? run = null, bool flagOnly = false, RecordingSink? sink = null, bool snapshot = false, bool preserveSource = false, bool checksReadiness = false)
    {
        sink ??= new RecordingSink();
        ImageCmdletsException? error = null;
        try
        {
            await GeneralizeService.GeneralizeAsync(
                Session, [new GeneralizeOptions { Id = Machine.Id, FlagOnly = flagOnly, Snapshot = snapshot, PreserveSource = preserveSource, SkipReadiness = !checksReadiness }], run ?? new RunOptions(), sink, Token);
        }
        catch (ImageCmdletsException exception)
        {
            error = exception;
        }

        return (sink.Items.OfType<GeneralizeResult>().SingleOrDefault(), error);
    }

    /// <summary>Generalizes until the user stops it after an ARM call.</summary>
    /// <returns>How many calls were answered; fewer than asked for: the command ended before.</returns>
    public Task<int> GeneralizeUntilAsync(int call, bool checksReadiness = true) => Interruption.RunUntilAsync(call, (sink, token) =>
        GeneralizeService.GeneralizeAsync(Session, [new GeneralizeOptions { Id = Machine.Id, SkipReadiness = !checksReadiness }], new RunOptions(), sink, token));

    /// <summary>Runs a script in the guest, as somebody at its console would.</summary>
    public async Task<string> RunInGuestAsync(string commandId, string script)
    {
        string output = string.Empty;
        await OperateAsync(async operation =>
        {
            var body = new JsonObject { ["commandId"] = commandId, ["script"] = new JsonArray(script) };
            ArmAnswer begun = await operation.Arm.SendAsync(RequestMethod.Post, Machine.Id + "/runCommand", ArmApiVersions.Compute, body, Token);
            JsonElement result = await operation.Poller.WaitAsync(begun, Machine.Id, null, Token);
            output = string.Concat(result.Items("value").Select(item => item.Text("message")));
        });
        return output;
    }

    /// <summary>Does something while a command works.</summary>
    /// <param name="later">How much later.</param>
    /// <param name="command">The command.</param>
    /// <param name="act">What happens to the machine: method, and what follows its id.</param>
    public async Task DoMeanwhileAsync(TimeSpan later, Func<Task> command, params (string Method, string Path)[] act)
    {
        Task[] both;
        using (Sandbox.Clock.Enter())
        {
            both =
            [
                command(),
                AfterAsync(later, async () =>
                {
                    foreach ((string method, string path) in act)
                        await ActAsync(method, path);
                }),
            ];
        }

        await Task.WhenAll(both);
    }

    /// <summary>Does something a little later, by the sandbox's clock.</summary>
    public async Task AfterAsync(TimeSpan later, Func<Task> work)
    {
        Task begun;
        using (Sandbox.Clock.Enter())
        {
            await Sandbox.Clock.DelayAsync(later, Token);
            begun = work();
        }

        await begun;
    }

    /// <summary>Does something of Azure's own to the machine, and waits for its end.</summary>
    public Task ActAsync(string method, string path, string? body = null) => OperateAsync(operation => SendAsync(operation, method, path, body));

    private async Task SendAsync(Operation operation, string method, string path, string? body = null)
    {
        ArmAnswer begun = await operation.Arm.SendAsync(RequestMethod.Parse(method), Machine.Id + path, ArmApiVersions.Compute, body is null ? null : JsonNode.Parse(body)!.AsObject(), Token);
        await operation.Poller.WaitAsync(begun, Machine.Id, null, Token);
    }

    /// <summary>Somebody else's run command, under the name that ours has.</summary>
    public Task PutForeignRunCommandAsync(string name = GuestCommand.Name) => OperateAsync(async operation =>
    {
        var body = new JsonObject { ["location"] = "westeurope", ["properties"] = new JsonObject { ["source"] = new JsonObject { ["script"] = "Get-Date" } } };
        string id = $"{Machine.Id}/runCommands/{name}";
        ArmAnswer begun = await operation.Arm.SendAsync(RequestMethod.Put, id, ArmApiVersions.Compute, body, Token);
        await operation.Poller.WaitAsync(begun, id, null, Token);
    });

    public async Task PowerAsync(VMPowerAction action)
    {
        var sink = new RecordingSink();
        await VMService.ChangePowerAsync(Session, [Machine.Id], action, new RunOptions(), sink, Token);
        Assert.Empty(sink.Errors);
    }

    /// <summary>The machine as Azure shows it now.</summary>
    public async Task<ImageVM> ReadAsync()
    {
        var sink = new RecordingSink();
        await VMService.GetAsync(Session, new ResourceQuery { Id = Machine.Id }, withStatus: true, sink, Token);
        return Assert.Single(sink.Items.OfType<ImageVM>());
    }

    /// <summary>The tags of its disk, and whether the run command is there.</summary>
    public async Task<(IReadOnlyDictionary<string, string> DiskTag, bool HasRunCommand)> ReadTracesAsync()
    {
        IReadOnlyDictionary<string, string> tags = new Dictionary<string, string>();
        bool hasRunCommand = false;
        await OperateAsync(async operation =>
        {
            ArmAnswer disk = await operation.Arm.GetAsync(Machine.OSDisk!.SourceId!, ArmApiVersions.Disks, Token);
            tags = disk.Body.Map("tags");
            hasRunCommand = await new GuestCommand(operation, ResourceId.TryParse(Machine.Id)!).FindAsync() is not null;
        });
        return (tags, hasRunCommand);
    }

    /// <summary>All disks of the subscription.</summary>
    public async Task<ManagedDisk[]> DisksAsync()
    {
        var disks = new List<ManagedDisk>();
        await OperateAsync(operation => operation.Arm.ListAsync($"/subscriptions/{Session.SubscriptionId}/providers/Microsoft.Compute/disks", ArmApiVersions.Disks, item =>
        {
            disks.Add(DiskMapper.Map(item));
            return Task.CompletedTask;
        }, Token));
        return [.. disks];
    }

    /// <summary>The rules of the security group beside a machine: direction, access, destination.</summary>
    public async Task<IReadOnlyList<string>> SecurityRulesAsync(string vmBasedId)
    {
        string[] rules = [];
        string id = vmBasedId.Replace("Microsoft.Compute/virtualMachines", "Microsoft.Network/networkSecurityGroups", StringComparison.Ordinal);
        await OperateAsync(async operation => rules = [.. (await operation.Arm.GetAsync(id, ArmApiVersions.Network, Token)).Body.Items("properties", "securityRules")
            .Select(rule => $"{rule.Text("properties", "direction")} {rule.Text("properties", "access")} {rule.Text("properties", "destinationAddressPrefix")}")]);
        return rules;
    }

    /// <summary>How many ARM calls a whole generalization makes.</summary>
    public static async Task<int> CountCallsAsync(bool isWindows, bool checksReadiness = true)
    {
        using GeneralizeRig rig = await CreateAsync(isWindows);
        int calls = await rig.GeneralizeUntilAsync(int.MaxValue, checksReadiness);
        await rig.AssertGeneralizedAsync();
        Assert.InRange(calls, 10, 200);
        return calls;
    }

    /// <summary>The user stops the command after an ARM call and runs it again: it must end as if nothing had been.</summary>
    public async Task StopAfterAndRunAgainAsync(int call, bool checksReadiness = true)
    {
        await GeneralizeUntilAsync(call, checksReadiness);
        (GeneralizeResult? result, ImageCmdletsException? error) = await GeneralizeAsync(checksReadiness: checksReadiness);
        Assert.True(error is null, $"Stopped after call {call}: {error?.Message}");
        Assert.Equal("Succeeded", result!.State);
        await AssertGeneralizedAsync();
    }

    /// <summary>Azure refuses to mark machines until the faults are cleared.</summary>
    public void ForbidMark() => Sandbox.AddFault(new SandboxFault
    {
        Effect = SandboxFaultEffect.Forbidden, Action = "Microsoft.Compute/virtualMachines/generalize/action", Count = int.MaxValue,
    });

    /// <summary>The machine is generalized, and nothing of the work is left on it or on its disk but, where there is one, the proof.</summary>
    public async Task AssertGeneralizedAsync(bool isProven = true)
    {
        ImageVM machine = await ReadAsync();
        Assert.Equal("Generalized", machine.OSState);
        Assert.Equal("Deallocated", machine.PowerState);
        Assert.Equal(Machine.Tag, machine.Tag);
        (IReadOnlyDictionary<string, string> tag, bool hasRunCommand) = await ReadTracesAsync();
        Assert.Equal(DiskTag, tag.Where(pair => pair.Key != GuestProof.TagName).ToDictionary());
        Assert.Equal(isProven, tag.ContainsKey(GuestProof.TagName));
        Assert.False(hasRunCommand && machine.OSType == "Windows");
    }

    /// <summary>The machine is as it was, as far as Azure knows.</summary>
    public async Task AssertRunningAndUnmarkedAsync()
    {
        ImageVM machine = await ReadAsync();
        Assert.Null(machine.OSState);
        Assert.Equal("Running", machine.PowerState);
        Assert.Equal(DiskTag, (await ReadTracesAsync()).DiskTag);
    }

    public void Dispose() => SessionService.Disconnect(Session);

    private Task OperateAsync(Func<Operation, Task> work) =>
        Operation.RunAsync(Session, new RecordingSink(), new RunOptions(), Machine.Id, work, Token);
}
