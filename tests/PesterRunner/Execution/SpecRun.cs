using System.Management.Automation;
using ImageCmdlets.PesterRunner.Model;

namespace ImageCmdlets.PesterRunner.Execution;

/// <summary>Runs the tests and hooks of a discovered file, in Pester's order and scopes.</summary>
public sealed class SpecRun
{
    private readonly SpecScope _scope;
    private readonly TestDrive _drive;
    private readonly Func<string> _takeOutput;
    private readonly Dictionary<string, SpecResult> _results = [];

    private SpecRun(SessionState session, TestDrive drive, Func<string> takeOutput)
    {
        _scope = new SpecScope(session);
        _drive = drive;
        _takeOutput = takeOutput;
    }

    /// <summary>Runs everything inside a root block.</summary>
    /// <param name="session">The session state of the file's runspace.</param>
    /// <param name="root">What discovery found.</param>
    /// <param name="takeOutput">Gives what was written since the last call.</param>
    /// <returns>The result of each test, by its id.</returns>
    public static IReadOnlyDictionary<string, SpecResult> Run(SessionState session, SpecBlock root, Func<string> takeOutput)
    {
        using TestDrive drive = new(session);
        SpecRun run = new(session, drive, takeOutput);
        run.RunBlock(root);
        return run._results;
    }

    private void RunBlock(SpecBlock block)
    {
        if (block.Tests.All(test => test.Skipped))
        {
            foreach (SpecTest test in block.Tests)
                _results[test.Id] = new SpecResult(SpecOutcome.Skipped, [], "");
            return;
        }

        using IDisposable files = _drive.Enter();
        _scope.Enter(() => RunInScope(block));
    }

    private void RunInScope(SpecBlock block)
    {
        _scope.Set(block.Data);
        ErrorRecord? broken = _scope.Run(block.Hook(SpecHook.BeforeAll), block.Data);
        foreach (SpecNode child in block.Children)
        {
            if (broken is not null)
                Fail(child, broken);
            else if (child is SpecBlock inner)
                RunBlock(inner);
            else
                RunTest((SpecTest)child);
        }

        if (_scope.Run(block.Hook(SpecHook.AfterAll), block.Data) is { } error)
            FailLast(block, error);
    }

    private void RunTest(SpecTest test)
    {
        if (test.Skipped)
        {
            _results[test.Id] = new SpecResult(SpecOutcome.Skipped, [], "");
            return;
        }

        List<ErrorRecord> errors = [];
        _scope.Enter(() =>
        {
            _scope.Set(test.Data);
            if (Lead(test) is { } error)
                errors.Add(error);
            foreach (SpecBlock block in test.Parent!.Lineage.Reverse())
            {
                if (_scope.Run(block.Hook(SpecHook.AfterEach), test.Data) is { } after)
                    errors.Add(after);
            }
        });
        _results[test.Id] = new SpecResult(errors.Count == 0 ? SpecOutcome.Passed : SpecOutcome.Failed, errors, _takeOutput());
    }

    /// <summary>Runs every BeforeEach and the test itself, up to the first error.</summary>
    private ErrorRecord? Lead(SpecTest test)
    {
        foreach (SpecBlock block in test.Parent!.Lineage)
        {
            if (_scope.Run(block.Hook(SpecHook.BeforeEach), test.Data) is { } error)
                return error;
        }

        return _scope.Run(test.Body, test.Data);
    }

    private void Fail(SpecNode node, ErrorRecord error)
    {
        foreach (SpecTest test in node is SpecBlock block ? block.Tests : [(SpecTest)node])
        {
            _results[test.Id] = test.Skipped
                ? new SpecResult(SpecOutcome.Skipped, [], "")
                : new SpecResult(SpecOutcome.Failed, [error], _takeOutput());
        }
    }

    /// <summary>Pester fails the block for an error of its AfterAll; only tests are reported here, so its last one takes it.</summary>
    private void FailLast(SpecBlock block, ErrorRecord error)
    {
        string id = block.Tests.Last(test => !test.Skipped).Id;
        SpecResult result = _results[id];
        _results[id] = result with { Outcome = SpecOutcome.Failed, Errors = [.. result.Errors, error] };
    }
}
