using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Arm;

/// <summary>What Azure asks one request to wait holds for all that draw on the same bucket, and for no other.</summary>
public sealed class ThrottlingTests
{
    [Fact]
    public async Task NobodyAsksBeforeTheTimeThatOneWasTold()
    {
        IReadOnlyList<(TimeSpan Time, string Line)> said = await GetAsync(Throttled("Snapshots_Get", 60), "snapshots", "snapshots", 8);

        (TimeSpan Time, string Line)[] asked = [.. said.Where(line => line.Line.Contains("Compute/snapshots/", StringComparison.Ordinal))];
        Assert.Equal(9, asked.Length);
        Assert.Single(asked, line => line.Line.Contains(" 429 ", StringComparison.Ordinal));
        Assert.All(asked.Skip(1), line => Assert.InRange(line.Time.TotalSeconds, 60, 62));
    }

    [Fact]
    public async Task RequestsOfAnotherKindGoOn()
    {
        IReadOnlyList<(TimeSpan Time, string Line)> said = await GetAsync(Throttled("Snapshots_Get", 60), "snapshots", "images", 8);

        (TimeSpan Time, string Line)[] images = [.. said.Where(line => line.Line.Contains("Compute/images/", StringComparison.Ordinal))];
        Assert.Equal(4, images.Length);
        Assert.All(images, line => Assert.Equal(0, line.Time.TotalSeconds));
    }

    // A read of a disk and one of a snapshot draw on LowCostGet; both have told so before.
    [Fact]
    public async Task KindsOfOneBucketWaitTogether()
    {
        var fault = new SandboxFault
        {
            Operation = "Snapshots_Get",
            // The one before the others, and that with which they begin.
            Skip = 1,
            Status = 429,
            Code = "OperationNotAllowed",
            Message = "Too many.",
            Headers = [KeyValuePair.Create("Retry-After", "60"), KeyValuePair.Create("x-ms-ratelimit-remaining-resource", "Microsoft.Compute/LowCostGet3Min;0,Microsoft.Compute/LowCostGet30Min;100")],
        };
        IReadOnlyList<(TimeSpan Time, string Line)> said = await GetAsync(fault, "snapshots", "disks", 8, isKnown: true);

        Assert.All(said.SkipWhile(line => !line.Line.Contains(" 429 ", StringComparison.Ordinal)).Skip(1), line => Assert.InRange(line.Time.TotalSeconds, 60, 62));
    }

    private static SandboxFault Throttled(string operation, int seconds) => new()
    {
        Operation = operation,
        Status = 429,
        Code = "OperationNotAllowed",
        Message = "Too many.",
        Headers = [KeyValuePair.Create("Retry-After", $"{seconds}")],
    };

    // Asks for things of two kinds in turn, all at once; gives when what was asked.
    private static async Task<IReadOnlyList<(TimeSpan Time, string Line)>> GetAsync(SandboxFault fault, string kind, string other, int count, bool isKnown = false)
    {
        using SandboxSession sandbox = await SandboxSession.OpenAsync();
        await sandbox.GroupAsync("images");
        string disk = await sandbox.PutAsync(sandbox.Id("images", ResourceTypes.Disk, "one"), SandboxSession.DiskVersion,
            """{"location":"westeurope","properties":{"diskSizeGB":4,"creationData":{"createOption":"Empty"}}}""");
        await sandbox.PutAsync(sandbox.Id("images", ResourceTypes.Snapshot, "one"), SandboxSession.DiskVersion,
            $$"""{"location":"westeurope","properties":{"creationData":{"createOption":"Copy","sourceResourceId":"{{disk}}"} } }""");
        sandbox.Sandbox.AddFault(fault);
        DateTimeOffset begin = sandbox.Sandbox.Clock.GetUtcNow();
        var sink = new ClockedSink(() => sandbox.Sandbox.Clock.GetUtcNow() - begin);
        string[] kinds = [.. Enumerable.Range(0, count).Select(i => kind != other && i % 2 == 1 ? other : kind)];
        await Operation.RunAsync(sandbox.Session, sink, new RunOptions(), null, async operation =>
        {
            foreach (string known in isKnown ? new[] { kind, other } : [])
                await FindAsync(operation, sandbox, known);
            await operation.ForEachAsync(kinds, (type, branch) => FindAsync(branch, sandbox, type));
        }, TestContext.Current.CancellationToken);
        return sink.Lines;
    }

    private static Task<ArmAnswer?> FindAsync(Operation operation, SandboxSession sandbox, string type) =>
        operation.Arm.FindAsync(sandbox.Id("images", "Microsoft.Compute/" + type, "one"), type == "images" ? ArmApiVersions.Compute : ArmApiVersions.Disks, operation.CancellationToken);

    private sealed class ClockedSink(Func<TimeSpan> now) : IOperationSink
    {
        private readonly List<(TimeSpan, string)> _lines = [];

        public IReadOnlyList<(TimeSpan Time, string Line)> Lines => _lines;

        public void Verbose(string message)
        {
            lock (_lines)
                _lines.Add((now(), message));
        }

        public Task WriteAsync(object item, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task ErrorAsync(ImageCmdletsException error, CancellationToken cancellationToken) => Task.CompletedTask;

        public void Warning(string message)
        {
        }

        public void Debug(string message)
        {
        }

        public void Progress(OperationProgress progress)
        {
        }
    }
}
