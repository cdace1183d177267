using System.Collections;
using System.Security;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Vms;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Fleets;

/// <summary>What is installed on the machines of a fleet when they are ready.</summary>
public sealed class FleetExtensionTests
{
    private const string Secret = "Geheim-4711";

    [Fact]
    public async Task AMachineIsWrittenWhenItsExtensionsAreThere()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        var sink = new RecordingSink();
        sink.OnItem = item => Assert.Equal(["Succeeded", "Succeeded"], StatesAsync(scene, ((ImageVM)item).Name).GetAwaiter().GetResult());

        ImageVM[] machines = await scene.MakeAsync(With(scene.Options(4, "westeurope", "eastus"), Script("exit 0"), Access()), sink);

        Assert.Empty(sink.Errors);
        Assert.Equal(4, machines.Length);
        JsonNode extension = (await scene.Sandbox.GetAsync(Extension(scene, "web003", "CustomScriptExtension"), SandboxSession.ComputeVersion))!;
        Assert.Equal(["Microsoft.Compute", "CustomScriptExtension", "1.10", "true"], new[] { "publisher", "type", "typeHandlerVersion", "autoUpgradeMinorVersion" }.Select(name => $"{extension["properties"]![name]}"));
        Assert.Equal("westeurope", (string?)extension["location"]);
    }

    [Fact]
    public async Task TheyAreInstalledInTheirOrder()
    {
        using FleetScene scene = await FleetScene.OpenAsync();

        var sink = new RecordingSink();
        await scene.MakeAsync(With(scene.Options(1, "westeurope"), Script("exit 3"), Access()), sink);

        Assert.Equal(ErrorIds.VMExtensionFailed, Assert.Single(sink.Errors).ErrorId);
        Assert.Contains("failed because it returned a non-zero exit code of: '3'", sink.Errors[0].Message, StringComparison.Ordinal);
        Assert.Null(await scene.Sandbox.GetAsync(Extension(scene, "web001", "VMAccessAgent"), SandboxSession.ComputeVersion));
    }

    [Fact]
    public async Task AnExtensionThatFailsIsThatMachinesFailureAndTheSameCommandGoesOnWithIt()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault
        {
            Operation = "VirtualMachineExtensions_CreateOrUpdate",
            Path = "*/web002/*",
            Effect = SandboxFaultEffect.OperationFailure,
            Code = "VMExtensionProvisioningError",
            Message = $"VM has reported a failure when processing extension 'CustomScriptExtension'. Error message: \"it was given {Secret}\".",
            Count = 1,
        });
        NewFleetOptions options = With(scene.Options(3, "westeurope"), Script($"Write-Output {Secret}"), new ImageVMExtension { Publisher = "Microsoft.Compute", Type = "VMAccessAgent", Version = "2.4", Name = "access", ProtectedSetting = Protected() });
        options.Machine.Extension[0].ProtectedSetting = Protected();
        var sink = new RecordingSink();

        ImageVM[] machines = await scene.MakeAsync(options, sink);

        var error = Assert.IsType<ArmOperationException>(Assert.Single(sink.Errors));
        Assert.Equal((ErrorIds.VMExtensionFailed, "VMExtensionProvisioningError"), (error.ErrorId, error.Code));
        Assert.Equal(scene.Sandbox.Id(FleetScene.Group, ResourceTypes.VirtualMachine, "web002"), (string?)error.Target, ignoreCase: true);
        Assert.Contains("'web002' runs, but its extension 'CustomScriptExtension' could not be installed: VM has reported a failure when processing extension 'CustomScriptExtension'. Error message: \"it was given ***\".", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString() + error.Details, StringComparison.Ordinal);
        Assert.Equal(["web001", "web003"], machines.Select(vm => vm.Name).Order(StringComparer.Ordinal));
        string there = (string)(await MachineAsync(scene, "web002"))["properties"]!["vmId"]!;

        ImageVM[] again = await scene.MakeAsync(options);

        Assert.Equal(3, again.Length);
        Assert.Equal(there, again.Single(vm => vm.Name == "web002").VMId);
        Assert.Equal(["Succeeded", "Succeeded"], await StatesAsync(scene, "web002"));
        Assert.DoesNotContain(sink.VerboseLines.Concat(sink.Warnings), line => line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatIsMissingIsInstalledAndWhatIsThereIsNotTouched()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        await scene.MakeAsync(With(scene.Options(2, "westeurope"), Script("exit 0")));
        long puts = Puts(scene);

        Assert.Equal(3, (await scene.MakeAsync(With(scene.Options(3, "westeurope"), Script("exit 0"), Access()))).Length);

        Assert.Equal(4, Puts(scene) - puts);
        Assert.Equal(["Succeeded", "Succeeded"], await StatesAsync(scene, "web001"));
    }

    // Two machines: one whose script never ends holds up nobody.
    [Fact]
    public async Task NoMachineWaitsForTheExtensionsOfAnother()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "VirtualMachineExtensions_CreateOrUpdate", Path = "*/web001/*", Effect = SandboxFaultEffect.SlowOperation, Delay = TimeSpan.FromHours(1), Count = 1 });
        var ready = new List<(string Name, DateTimeOffset Time)>();
        var sink = new RecordingSink { OnItem = item => ready.Add((((ImageVM)item).Name, scene.Sandbox.Sandbox.Clock.GetUtcNow())) };
        DateTimeOffset begin = scene.Sandbox.Sandbox.Clock.GetUtcNow();

        await scene.MakeAsync(With(scene.Options(20, "westeurope"), Script("exit 0")), sink);

        Assert.Equal("web001", ready[^1].Name);
        Assert.All(ready.Take(19), vm => Assert.InRange((vm.Time - begin).TotalMinutes, 6, 10));
        Assert.InRange((ready[^1].Time - begin).TotalMinutes, 60, 75);
    }

    [Fact]
    public async Task AHundredMachinesAreKeptWithinAzuresLimits()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        var sink = new RecordingSink();
        DateTimeOffset begin = scene.Sandbox.Sandbox.Clock.GetUtcNow();

        ImageVM[] machines = await scene.MakeAsync(With(scene.Options(100), Script("exit 0")), sink);

        Assert.Empty(sink.Errors);
        Assert.Equal(100, machines.Length);

        // A machine takes six minutes, its script one; the writes of a hundred fill the bucket for twenty seconds.
        Assert.InRange((scene.Sandbox.Sandbox.Clock.GetUtcNow() - begin).TotalMinutes, 7, 9);
    }

    [Fact]
    public async Task ASingleMachineGetsThemToo()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        NewVMOptions options = With(scene.Options(1), Script("exit 0"), Access()).Machine with { Name = "alone", Location = "westeurope" };
        var sink = new RecordingSink();

        await VMService.NewAsync(scene.Sandbox.Session, [options], new RunOptions(), sink, TestContext.Current.CancellationToken);
        await VMService.NewAsync(scene.Sandbox.Session, [options], new RunOptions(), sink, TestContext.Current.CancellationToken);

        Assert.Equal(["alone", "alone"], sink.Items.Cast<ImageVM>().Select(vm => vm.Name));
        Assert.Equal(["Succeeded", "Succeeded"], await StatesAsync(scene, "alone"));
        Assert.Equal(2, Puts(scene));
    }

    [Fact]
    public async Task AnExtensionOfAnotherKindUnderTheNameIsNotReplaced()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        await scene.MakeAsync(With(scene.Options(1, "westeurope"), new ImageVMExtension { Name = "script", Publisher = "Microsoft.Compute", Type = "VMAccessAgent", Version = "2.4" }));
        ImageVMExtension script = Script("exit 0");
        script.Name = "script";

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.MakeAsync(With(scene.Options(1, "westeurope"), script)));

        Assert.Equal(ErrorIds.ResourceAlreadyExists, error.ErrorId);
        Assert.Contains("the extension 'script' of Microsoft.Compute.VMAccessAgent, not of Microsoft.Compute.CustomScriptExtension", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatCannotBeInstalledIsSaidBeforeAnythingIsMade()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        string before = scene.Sandbox.Fingerprint;
        ImageVMExtension twice = Script("exit 0"), odd = Script("exit 0"), stream = Access();
        twice.Name = "again";
        odd.Version = "newest";
        stream.ProtectedSetting = new ImageVMExtensionSecret(new Hashtable { ["keys"] = new Hashtable { ["pass"] = new object() } });

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.MakeAsync(With(scene.Options(2), odd, twice, stream, new ImageVMExtension { Type = "Nothing" })));

        Assert.Equal((ErrorIds.InvalidArgument, before), (error.ErrorId, scene.Sandbox.Fingerprint));
        foreach (string part in new[] { "'newest' cannot be the version of the extension 'CustomScriptExtension'", "Microsoft.Compute.CustomScriptExtension only once, not as 'CustomScriptExtension' and 'again'", "at 'keys.pass'", "'Nothing' has no Publisher and no Version" })
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NobodyWaitsForThemWithoutWaiting()
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        string before = scene.Sandbox.Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.MakeAsync(With(scene.Options(2), Script("exit 0")), null, new RunOptions { NoWait = true }));

        Assert.Equal((ErrorIds.InvalidArgument, before), (error.ErrorId, scene.Sandbox.Fingerprint));
    }

    [Fact]
    public void SecretsAreSentAndNowhereShown()
    {
        var password = new SecureString();
        foreach (char c in Secret)
            password.AppendChar(c);
        ImageVMExtension extension = Access();
        extension.Setting = new Hashtable { ["list"] = new object[] { 1, 2.5, true, "a" }, ["nothing"] = null };
        extension.ProtectedSetting = new ImageVMExtensionSecret(new Hashtable { ["password"] = password, ["inner"] = new Hashtable { ["key"] = Secret } });

        JsonObject sent = VMExtensions.Properties(extension);

        Assert.Equal("""[1,2.5,true,"a"]""", sent["settings"]!["list"]!.ToJsonString());
        Assert.Equal((Secret, Secret), ((string?)sent["protectedSettings"]!["password"], (string?)sent["protectedSettings"]!["inner"]!["key"]));
        Assert.DoesNotContain(Secret, $"{extension} {extension.ProtectedSetting} {System.Text.Json.JsonSerializer.Serialize(extension.ProtectedSetting)}", StringComparison.Ordinal);
    }

    internal static NewFleetOptions With(NewFleetOptions options, params ImageVMExtension[] extensions) => options with { Machine = options.Machine with { Extension = extensions } };

    internal static ImageVMExtension Script(string command) => new()
    {
        Publisher = "Microsoft.Compute", Type = "CustomScriptExtension", Version = "1.10", Setting = new Hashtable { ["commandToExecute"] = command },
    };

    private static ImageVMExtension Access() => new() { Publisher = "Microsoft.Compute", Type = "VMAccessAgent", Version = "2.4" };

    private static ImageVMExtensionSecret Protected() => new(new Hashtable { ["commandToExecute"] = "exit 0", ["token"] = Secret });

    private static string Extension(FleetScene scene, string machine, string name) => scene.Sandbox.Id(FleetScene.Group, ResourceTypes.VirtualMachine, machine) + "/extensions/" + name;

    private static long Puts(FleetScene scene) => scene.Sandbox.Sandbox.GetStatistics().RequestsByOperation.GetValueOrDefault("PUT Microsoft.Compute/virtualMachines/extensions");

    private static async Task<JsonNode> MachineAsync(FleetScene scene, string name) =>
        (await scene.Sandbox.GetAsync(scene.Sandbox.Id(FleetScene.Group, ResourceTypes.VirtualMachine, name), SandboxSession.ComputeVersion))!;

    private static async Task<string[]> StatesAsync(FleetScene scene, string machine) =>
        [.. (await MachineAsync(scene, machine))["resources"]!.AsArray().Select(extension => (string)extension!["properties"]!["provisioningState"]!)];
}
