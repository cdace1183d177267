using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Access;
using ImageCmdlets.Engine.Copying;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Vms;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Access;

/// <summary>A world in which each operation can be carried out, and somebody who may do everything but one thing.</summary>
internal sealed class PermissionScene : IDisposable
{
    private const string AuthorizationVersion = "2022-04-01";
    private const string RoleId = "60000000-0000-4000-8000-000000000001";
    private readonly AccessScene _scene;
    private int _number;

    private PermissionScene(AccessScene scene)
    {
        _scene = scene;
    }

    /// <summary>What the last command warned of.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    public ImageSession Owner => _scene.Sandbox.Session;

    public string VMId => _scene.Sandbox.Id("images", ResourceTypes.VirtualMachine, "seed");

    // That of the gallery's scene has a purchase plan.
    private string ImageId => _scene.Sandbox.Id("images", ResourceTypes.Image, "plain");

    public static async Task<PermissionScene> OpenAsync()
    {
        var scene = new PermissionScene(await AccessScene.OpenAsync("Groups"));
        await scene._scene.Sandbox.GroupAsync("landing");
        await scene._scene.Sandbox.PutAsync(scene.ImageId, SandboxSession.ComputeVersion, $$$"""
            {"location":"westeurope","properties":{"hyperVGeneration":"V2","storageProfile":{
             "osDisk":{"osType":"Windows","osState":"Generalized","managedDisk":{"id":"{{{scene._scene.Gallery.OSDiskId}}}"} } } } }
            """);
        return scene;
    }

    /// <summary>What an operation begins with, and where to.</summary>
    public TestPermissionOptions Options(ImagePermissionOperation operation, bool fromVersion) => new()
    {
        Operation = [operation],
        Id = operation switch
        {
            ImagePermissionOperation.Generalize or ImagePermissionOperation.Capture or ImagePermissionOperation.Snapshot => VMId,
            ImagePermissionOperation.Share or ImagePermissionOperation.Grant => _scene.GalleryId,
            _ => fromVersion ? _scene.Gallery.VersionId("1.0.0") : ImageId,
        },
        TargetResourceGroupName = operation is ImagePermissionOperation.Deploy or ImagePermissionOperation.Copy ? "landing" : null,
        GalleryName = operation == ImagePermissionOperation.Publish ? "prod" : null,
        DefinitionName = operation == ImagePermissionOperation.Publish ? "web" : null,
    };

    /// <summary>Makes the machine, where the operation begins with one; generalized, where it has to be.</summary>
    public async Task PrepareAsync(ImagePermissionOperation operation)
    {
        if (operation is not (ImagePermissionOperation.Generalize or ImagePermissionOperation.Capture or ImagePermissionOperation.Snapshot))
            return;

        var request = new NewVMOptions { ResourceGroupName = "images", Name = "seed", Location = "westeurope", Image = "Debian:debian-12:12-gen2:latest", DataDiskSizeGB = [4] };
        await VMService.NewAsync(Owner, [request], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken);
        if (operation == ImagePermissionOperation.Capture)
            await GeneralizeService.GeneralizeAsync(Owner, [new GeneralizeOptions { Id = VMId }], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken);
    }

    /// <summary>Signs in somebody who may do everything in the subscription, but for one action.</summary>
    public Task<ImageSession> SignInWithoutAsync(string action) => SignInAsync(["*"], [action]);

    /// <summary>Signs in somebody who has these rights in the subscription, without exceptions.</summary>
    public Task<ImageSession> SignInWithAsync(params string[] actions) => SignInAsync(actions, []);

    /// <summary>Signs in somebody who has each right where its row says, and nowhere else.</summary>
    public async Task<ImageSession> SignInWithAsync(IEnumerable<ImagePermission> rows)
    {
        int number = 1;
        foreach (IGrouping<string, ImagePermission> scope in rows.GroupBy(row => row.Scope))
        {
            string id = $"60000000-0000-4000-8000-{++number:D12}";
            await AssignAsync(id, scope.Key, [.. scope.Select(row => row.Action).Distinct()], []);
        }

        return await _scene.SignInAsync();
    }

    /// <summary>Does what the advice for a missing right says.</summary>
    public Task TakeAdviceAsync(ImagePermission missing)
    {
        Match command = Regex.Match(missing.RecommendedAction!, "Grant-ImageAccess '(?<id>[^']+)' -PrincipalId (?<who>\\S+) -Role '(?<role>[^']+)'$");
        Assert.True(command.Success, missing.RecommendedAction);
        return _scene.GrantAsync(command.Groups["id"].Value, command.Groups["role"].Value, command.Groups["who"].Value);
    }

    public static async Task<ImagePermission[]> TestAsync(ImageSession session, TestPermissionOptions options)
    {
        var sink = new RecordingSink();
        await PermissionService.TestAsync(session, [options], sink, TestContext.Current.CancellationToken);
        return [.. sink.Items.Cast<ImagePermission>()];
    }

    /// <summary>Carries the operation out; gives what it failed by.</summary>
    public async Task<string> FailureOfAsync(ImagePermissionOperation operation, ImageSession session, TestPermissionOptions options)
    {
        var sink = new RecordingSink();
        try
        {
            await RunAsync(operation, session, options, sink);
        }
        catch (ImageCmdletsException exception)
        {
            return exception.Message;
        }

        Warnings = [.. sink.Warnings];
        return string.Join("\n", sink.Errors.Select(error => error.Message).Concat(sink.Items.OfType<ImageCopyResult>().Select(result => result.Error?.Message)).OfType<string>());
    }

    public void Dispose() => _scene.Dispose();

    private Task RunAsync(ImagePermissionOperation operation, ImageSession session, TestPermissionOptions options, RecordingSink sink)
    {
        // What another run of it made is not what this one makes.
        string name = "made" + ++_number;
        var run = new RunOptions();
        CancellationToken token = TestContext.Current.CancellationToken;
        return operation switch
        {
            ImagePermissionOperation.Generalize => GeneralizeService.GeneralizeAsync(session, [new GeneralizeOptions { Id = VMId }], run, sink, token),
            ImagePermissionOperation.Capture => ImageService.CreateAsync(session, [new NewImageOptions { Source = VMId, Name = name }], run, sink, token),
            ImagePermissionOperation.Snapshot => SnapshotService.CreateAsync(session, [new NewSnapshotOptions { Source = VMId, Name = name }], run, sink, token),
            ImagePermissionOperation.Publish => VersionService.CreateAsync(session, [new NewVersionOptions { DefinitionId = _scene.Gallery.DefinitionId, Source = options.Id }], run, sink, token),
            ImagePermissionOperation.Copy => CopyService.CopyAsync(session,
                [new ImageCopyTarget { SourceId = options.Id, Location = "northeurope", Id = _scene.Sandbox.Id("landing", ResourceTypes.Image, name) }], run, sink, token),
            ImagePermissionOperation.Share => AccessService.GrantAsync(session, [new GrantAccessOptions { Id = _scene.GalleryId, SharedSubscriptionId = [session.SubscriptionId] }], run, sink, token),
            ImagePermissionOperation.Grant => AccessService.GrantAsync(session, [new GrantAccessOptions { Id = _scene.GalleryId, PrincipalId = [AccessScene.Other] }], run, sink, token),
            _ => VMService.NewAsync(session, [new NewVMOptions { ResourceGroupName = options.TargetResourceGroupName!, Name = name, Location = "westeurope", Image = options.Id }], run, sink, token),
        };
    }

    private async Task<ImageSession> SignInAsync(string[] actions, string[] notActions)
    {
        await AssignAsync(RoleId, "/subscriptions/" + _scene.Sandbox.Session.SubscriptionId, actions, notActions);
        return await _scene.SignInAsync();
    }

    private async Task AssignAsync(string id, string scope, string[] actions, string[] notActions)
    {
        string subscription = "/subscriptions/" + _scene.Sandbox.Session.SubscriptionId;
        await PutAsync($"{subscription}/providers/Microsoft.Authorization/roleDefinitions/{id}",
            $$$"""{"properties":{"roleName":"Role {{{id}}}","type":"CustomRole","assignableScopes":["{{{subscription}}}"],"permissions":[{"actions":{{{JsonSerializer.Serialize(actions)}}},"notActions":{{{JsonSerializer.Serialize(notActions)}}}}]} }""");
        await PutAsync($"{scope}/providers/Microsoft.Authorization/roleAssignments/{id}",
            $$$"""{"properties":{"principalId":"{{{AccessScene.Somebody}}}","roleDefinitionId":"{{{subscription}}}/providers/Microsoft.Authorization/roleDefinitions/{{{id}}}"} }""");
    }

    private async Task PutAsync(string path, string body)
    {
        SandboxResponse answer = await _scene.Sandbox.SendAsync("PUT", $"{path}?api-version={AuthorizationVersion}", body);
        Assert.True(answer.Status < 300, Encoding.UTF8.GetString(answer.Body));
    }
}
