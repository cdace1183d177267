namespace ImageCmdlets.Engine.Operations;

/// <summary>What is wrong with a request, gathered before anything is changed, so that the user mends it in one go.</summary>
internal sealed class Problems
{
    private readonly List<ImageCmdletsException> _found = [];

    public bool Any => _found.Count > 0;

    public void Add(ImageCmdletsException? problem)
    {
        if (problem is not null)
            _found.Add(problem);
    }

    public void Add(string errorId, string message, object? target, string? recommendedAction = null) =>
        _found.Add(new ImageCmdletsException(errorId, message, target, recommendedAction));

    /// <summary>Does something that may fail with a problem; null then.</summary>
    public async Task<T?> TryAsync<T>(Func<Task<T>> work)
        where T : class
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (ImageCmdletsException problem)
        {
            _found.Add(problem);
            return null;
        }
    }

    /// <summary>Does something that may fail with a problem.</summary>
    public async Task TryAsync(Func<Task> work) => await TryAsync<object>(async () =>
    {
        await work().ConfigureAwait(false);
        return this;
    }).ConfigureAwait(false);

    /// <summary>Throws the first problem; its message names the others.</summary>
    public void ThrowIfAny()
    {
        if (_found.Count == 0)
            return;

        ImageCmdletsException first = _found[0];
        if (_found.Count == 1)
            throw first;

        string others = string.Join(" ", _found.Skip(1).Select(problem => problem.Message));
        throw new ImageCmdletsException(first.ErrorId, $"{first.Message} And: {others}", first.Target, first.RecommendedAction, first);
    }
}
