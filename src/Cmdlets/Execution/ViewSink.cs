using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>A sink that gives objects of several types one view, so that they are shown in one table.</summary>
/// <param name="next">Where all goes.</param>
/// <param name="view">The name of the view, set before the objects' own type names.</param>
internal sealed class ViewSink(IOperationSink next, string view) : IOperationSink
{
    public Task WriteAsync(object item, CancellationToken cancellationToken)
    {
        PSObject shown = PSObject.AsPSObject(item);
        shown.TypeNames.Insert(0, view);
        return next.WriteAsync(shown, cancellationToken);
    }

    public Task ErrorAsync(ImageCmdletsException error, CancellationToken cancellationToken) => next.ErrorAsync(error, cancellationToken);

    public void Warning(string message) => next.Warning(message);

    public void Verbose(string message) => next.Verbose(message);

    public void Debug(string message) => next.Debug(message);

    public void Progress(OperationProgress progress) => next.Progress(progress);
}
