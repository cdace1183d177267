using System.Management.Automation;
using ImageCmdlets.PesterRunner.Model;

namespace ImageCmdlets.PesterRunner.Execution;

/// <summary>
/// Finds the blocks and tests of one file by running it: the bodies of blocks run now, those of tests and hooks later.
/// </summary>
public sealed class SpecDiscovery
{
    /// <summary>The variable through which the grammar's commands find the discovery that runs.</summary>
    internal const string Variable = "______discovery";

    private readonly SessionState _session;
    private readonly SpecScope _scope;
    private SpecBlock _current;

    private SpecDiscovery(SessionState session)
    {
        _session = session;
        _scope = new SpecScope(session);
        _current = new SpecBlock { Id = "", Name = "" };
    }

    /// <summary>Runs a file and gives its root block.</summary>
    /// <exception cref="RuntimeException">Something was thrown outside of tests and hooks.</exception>
    public static SpecBlock Run(SessionState session, string file)
    {
        SpecDiscovery discovery = new(session);
        SpecBlock root = discovery._current;
        session.PSVariable.Set(Variable, discovery);
        try
        {
            // Called, not dot-sourced: what the file sets while it is discovered is not there when its tests run.
            session.InvokeCommand.InvokeScript(
                useLocalScope: true, ScriptBlock.Create("param($______file) try { & $______file } catch { throw }"), null, file);
        }
        finally
        {
            session.PSVariable.Remove(Variable);
        }

        return root;
    }

    /// <summary>Adds a block for each case and finds what is inside it.</summary>
    public void AddBlocks(SpecDeclaration declaration)
    {
        foreach (SpecData? data in declaration.Cases)
        {
            SpecBlock outer = _current;
            SpecBlock block = new()
            {
                Parent = outer,
                Id = NextId(),
                Name = NameTemplate.Expand(declaration.Name, Visible(outer, data)),
                Data = data,
                SkippedHere = declaration.Skip,
                TagsHere = declaration.Tags,
                Line = declaration.Line,
            };
            outer.Add(block);
            _current = block;
            try
            {
                RunBody(declaration.Body, data);
            }
            finally
            {
                _current = outer;
            }
        }
    }

    /// <summary>Adds a test for each case.</summary>
    public void AddTests(SpecDeclaration declaration)
    {
        foreach (SpecData? data in declaration.Cases)
        {
            _current.Add(new SpecTest
            {
                Parent = _current,
                Id = NextId(),
                Name = NameTemplate.Expand(declaration.Name, Visible(_current, data)),
                Data = data,
                SkippedHere = declaration.Skip,
                TagsHere = declaration.Tags,
                Line = declaration.Line,
                Body = declaration.Body,
            });
        }
    }

    /// <summary>Adds a hook to the block whose body runs.</summary>
    public void AddHook(SpecHook hook, ScriptBlock body)
    {
        if (_current.Parent is null && hook is SpecHook.BeforeEach or SpecHook.AfterEach)
            throw new InvalidOperationException($"{hook} is not supported directly in a file. Put it into a Describe or Context.");

        _current.SetHook(hook, body);
    }

    private void RunBody(ScriptBlock body, SpecData? data)
    {
        ErrorRecord? error = null;
        _scope.Enter(() =>
        {
            _scope.Set(data);
            error = _scope.Run(body, data: null);
        });
        if (error is not null)
            throw new RuntimeException(error.Exception.Message, error.Exception, error);
    }

    private string NextId() =>
        _current.Id.Length == 0 ? $"{_current.NextOrdinal}" : $"{_current.Id}.{_current.NextOrdinal}";

    private static List<SpecData> Visible(SpecBlock block, SpecData? data) =>
        [.. block.Lineage.Select(outer => outer.Data).Append(data).OfType<SpecData>()];
}
