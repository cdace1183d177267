using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace ImageCmdlets.Bench.ImportCost;

/// <summary>What one import cost in this process.</summary>
/// <param name="Milliseconds">Wall time of Import-Module.</param>
/// <param name="CpuMilliseconds">Processor time of the process meanwhile.</param>
/// <param name="AllocatedKilobytes">Managed memory allocated meanwhile.</param>
/// <param name="Assemblies">How many assemblies it loaded.</param>
internal sealed record ImportMeasurement(double Milliseconds, double CpuMilliseconds, double AllocatedKilobytes, int Assemblies)
{
    /// <summary>Imports the module in a new runspace; the engine itself is warmed first.</summary>
    public static ImportMeasurement Take(string module)
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        Invoke(runspace, "Get-Module");
        int before = AppDomain.CurrentDomain.GetAssemblies().Length;
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        Invoke(runspace, $"Import-Module '{module}'");
        TimeSpan wall = Stopwatch.GetElapsedTime(start);
        return new ImportMeasurement(
            wall.TotalMilliseconds,
            (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds,
            (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1024.0,
            AppDomain.CurrentDomain.GetAssemblies().Length - before);
    }

    public static ImportMeasurement Parse(string line)
    {
        double[] values = [.. line.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return new ImportMeasurement(values[0], values[1], values[2], (int)values[3]);
    }

    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds} {CpuMilliseconds} {AllocatedKilobytes} {Assemblies}");

    private static void Invoke(Runspace runspace, string script)
    {
        using PowerShell shell = PowerShell.Create(runspace);
        shell.AddScript("$ErrorActionPreference = 'Stop'; " + script).Invoke();
    }
}
