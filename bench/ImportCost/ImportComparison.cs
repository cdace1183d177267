using System.Diagnostics;
using System.Globalization;

namespace ImageCmdlets.Bench.ImportCost;

/// <summary>Imports an empty module and ours in turn, each in a fresh process, and prints medians and their ratio.</summary>
internal static class ImportComparison
{
    public static int Run(int runs)
    {
        string root = FindRoot();
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string empty = Path.Combine(root, "bench", "EmptyModule", "bin", configuration, "netstandard2.0", "EmptyModule.psd1");
        string ours = Path.Combine(root, "output", "ImageCmdlets", "ImageCmdlets.psd1");
        var emptyRuns = new List<ImportMeasurement>();
        var ourRuns = new List<ImportMeasurement>();
        for (int i = 0; i <= runs; i++)
        {
            ImportMeasurement first = InFreshProcess(empty);
            ImportMeasurement second = InFreshProcess(ours);

            // The first pair fills the disk cache.
            if (i == 0)
                continue;
            emptyRuns.Add(first);
            ourRuns.Add(second);
        }

        Console.WriteLine($"{runs} pairs, each import in a fresh process: median (min - max)");
        Print("wall ms", emptyRuns, ourRuns, run => run.Milliseconds);
        Print("cpu ms", emptyRuns, ourRuns, run => run.CpuMilliseconds);
        Print("allocated KB", emptyRuns, ourRuns, run => run.AllocatedKilobytes);
        Print("assemblies", emptyRuns, ourRuns, run => run.Assemblies);
        return 0;
    }

    private static ImportMeasurement InFreshProcess(string module)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ImportComparison).Assembly.Location, "--one", module]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string line = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return ImportMeasurement.Parse(line);
    }

    private static void Print(string figure, List<ImportMeasurement> empty, List<ImportMeasurement> ours, Func<ImportMeasurement, double> value)
    {
        string Describe(List<ImportMeasurement> runs) => string.Create(CultureInfo.InvariantCulture,
            $"{Median(runs.Select(value)):0.0} ({runs.Min(value):0.0} - {runs.Max(value):0.0})");
        double ratio = Median(empty.Zip(ours, (first, second) => value(second) / Math.Max(value(first), 0.001)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{figure,-14} empty {Describe(empty),-26} ImageCmdlets {Describe(ours),-26} ratio {ratio:0.00}"));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ImageCmdlets.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Run this inside the repository.");
    }
}
