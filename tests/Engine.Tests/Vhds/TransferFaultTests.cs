using ImageCmdlets.Engine.Images;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Vhds;

/// <summary>One transient fault at every request of a transfer, one after the other, of Azure Resource Manager or of blobs: the transfer
/// succeeds all the same.</summary>
public sealed class TransferFaultTests
{
    private static readonly RunOptions s_oneByOne = new() { ThrottleLimit = 1 };

    public static TheoryData<string> Faults => ["429", "503", "503 without a body", "500 after the effect", "reset", "reset after the effect", "truncated", "malformed"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task AFileIsWhole(string name)
    {
        int struck = await AtEveryRequestAsync(name, async scene =>
        {
            await scene.ExportAsync(scene.ToFile);
            scene.Sandbox.Sandbox.ClearFaults();
            Assert.Equal(scene.Bytes, await File.ReadAllBytesAsync(scene.File, TestContext.Current.CancellationToken));
            Assert.Equal("Unattached", await scene.DiskStateAsync());
        });

        Assert.InRange(struck, 8, 40);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task AnImageIsThere(string name)
    {
        int struck = await AtEveryRequestAsync(name, async scene =>
        {
            await File.WriteAllBytesAsync(scene.File, scene.Bytes, TestContext.Current.CancellationToken);
            var sink = new RecordingSink();
            var options = new NewImageOptions { Source = scene.File, IsFile = true, ResourceGroupName = "images", OSType = "Linux" };
            await ImageService.CreateAsync(scene.Sandbox.Session, [options], s_oneByOne, sink, TestContext.Current.CancellationToken);
            scene.Sandbox.Sandbox.ClearFaults();
            Assert.Equal("Succeeded", Assert.IsType<CustomImage>(Assert.Single(sink.Items)).ProvisioningState);
            Assert.Equal(["os"], await scene.Sandbox.NamesAsync(ResourceTypes.Disk, SandboxSession.DiskVersion));
        });

        Assert.InRange(struck, 12, 60);
    }

    private static async Task<int> AtEveryRequestAsync(string name, Func<VhdScene, Task> transfer)
    {
        for (int request = 0; ; request++)
        {
            using VhdScene scene = await VhdScene.OpenAsync();
            SandboxFault fault = Fault(name, request);
            scene.Sandbox.Sandbox.AddFault(fault);
            try
            {
                await transfer(scene);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"{name} at request {request}: {exception.Message}", exception);
            }

            if (fault.Hits == 0)
                return request;
        }
    }

    private static SandboxFault Fault(string name, int skip) => name switch
    {
        "429" => new SandboxFault { Skip = skip, Status = 429, Code = "TooManyRequests", Message = "Later.", Headers = [KeyValuePair.Create("Retry-After", "7")] },
        "503" => new SandboxFault { Skip = skip, Status = 503, Code = "ServerBusy", Message = "Later." },
        "503 without a body" => new SandboxFault { Skip = skip, Status = 503, Body = string.Empty },
        "500 after the effect" => new SandboxFault { Skip = skip, Status = 500, AfterEffect = true },
        "reset" => new SandboxFault { Skip = skip, Effect = SandboxFaultEffect.ConnectionReset },
        "reset after the effect" => new SandboxFault { Skip = skip, Effect = SandboxFaultEffect.ConnectionReset, AfterEffect = true },
        "truncated" => new SandboxFault { Skip = skip, Effect = SandboxFaultEffect.TruncatedBody },
        "malformed" => new SandboxFault { Skip = skip, Effect = SandboxFaultEffect.MalformedBody },
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
