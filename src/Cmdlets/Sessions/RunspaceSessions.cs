namespace ImageCmdlets.Commands;

/// <summary>The sessions of one runspace, the default one last.</summary>
internal sealed class RunspaceSessions
{
    private readonly List<ImageSession> _sessions = [];

    /// <summary>The session used where a command is not given one.</summary>
    public ImageSession? Default { get; private set; }

    public IReadOnlyList<ImageSession> All => _sessions;

    public void Add(ImageSession session, bool asDefault)
    {
        _sessions.Add(session);
        if (asDefault)
            Default = session;
    }

    /// <summary>Forgets a session; the newest of the others becomes the default if it was that.</summary>
    public void Remove(ImageSession session)
    {
        _sessions.Remove(session);
        if (ReferenceEquals(Default, session))
            Default = _sessions.LastOrDefault();
    }
}
