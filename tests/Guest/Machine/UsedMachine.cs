using ImageCmdlets.Guest.Tests.Machine;

[assembly: AssemblyFixture(typeof(UsedMachine))]

namespace ImageCmdlets.Guest.Tests.Machine;

/// <summary>The machine that was set up in Azure and used: seeded once, and what all others begin as.</summary>
public sealed class UsedMachine : IDisposable
{
    private static readonly Lock s_lock = new();
    private static DebianMachine? s_first;

    /// <summary>Another one. The test is skipped, saying why, where there can be none.</summary>
    internal static DebianMachine Create()
    {
        Assert.SkipWhen(DebianTree.WhyNot is not null, DebianTree.WhyNot ?? string.Empty);
        lock (s_lock)
        {
            s_first ??= Seed();
            return new DebianMachine(s_first.AsBase);
        }
    }

    public void Dispose() => s_first?.Dispose();

    private static DebianMachine Seed()
    {
        var machine = new DebianMachine(DebianTree.Folder);
        try
        {
            machine.Do(File.ReadAllText(Command.File("Machine/seed.sh")));
            return machine;
        }
        catch
        {
            machine.Dispose();
            throw;
        }
    }
}
