using ImageCmdlets.Bench.FleetLoad;

// The larger one last: the peak of the process is never less than it was.
await FleetRunMeasure.RunAsync(100);
await FleetRunMeasure.RunAsync(1000);
