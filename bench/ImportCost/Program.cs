using System.Globalization;
using ImageCmdlets.Bench.ImportCost;

// Called by itself in a fresh process for each measurement: a second import in one process costs almost nothing.
if (args is ["--one", string module])
{
    Console.WriteLine(ImportMeasurement.Take(module).ToLine());
    return 0;
}

int runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10;
return ImportComparison.Run(runs);
