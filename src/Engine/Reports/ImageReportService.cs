using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Reports;

/// <summary>Writes reports on galleries and images: one HTML page that needs nothing besides.</summary>
public static class ImageReportService
{
    /// <summary>Writes the page and hands on its <see cref="FileInfo"/>. Azure is only read.</summary>
    /// <param name="session">The session.</param>
    /// <param name="options">What it is of, and where it goes.</param>
    /// <param name="run">Bounds and parallelism.</param>
    /// <param name="sink">The file; warnings of what could not be looked at, which the page says too.</param>
    /// <param name="cancellationToken">Stops; then there is no file, or the one before.</param>
    /// <exception cref="ImageCmdletsException">FileAlreadyExists, FileNotWritable; InvalidResourceId, ImageNotFound, ResourceNotFound.</exception>
    public static Task ExportAsync(ImageSession session, ExportReportOptions options, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, options.FilePath, async operation =>
        {
            ReportFile.Require(options.FilePath, options.Force);
            ReportData data = await new ReportSurvey(operation, options).RunAsync().ConfigureAwait(false);
            foreach (string note in data.Note)
                operation.Verbose(note);
            FileInfo file = ReportFile.Write(options.FilePath, options.Force, text => new ReportPage(new HtmlWriter(text), data).Write());
            await operation.WriteAsync(file).ConfigureAwait(false);
        }, cancellationToken);
}
