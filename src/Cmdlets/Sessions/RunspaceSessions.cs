namespace ImageCmdlets.Commands;

/// <summary>The sessions of one runspace, and which of them commands use without being told.</summary>
/// <remarks>A session opened with <c>-NotDefault</c> never becomes the default one by itself: what it can reach, a command must name.</remarks>
internal sealed class RunspaceSessions
{
    private readonly List<ImageSession> _sessions = [];

    // Those that were made the default one, the newest last.
    private readonly List<ImageSession> _defaults = [];

    /// <summary>The session used where a command is not given one; null when there is none.</summary>
    public ImageSession? Default => _defaults.LastOrDefault();

    public IReadOnlyList<ImageSession> All => _sessions;

    public void Add(ImageSession session, bool asDefault)
    {
        _sessions.Add(session);
        if (asDefault)
            _defaults.Add(session);
    }

    /// <summary>Forgets a session. If it was the default one, that is again the one before it that is still connected, if any.</summary>
    public void Remove(ImageSession session)
    {
        bool wasDefault = ReferenceEquals(Default, session);
        _sessions.Remove(session);
        _defaults.Remove(session);

        // Another runspace may have ended a session that it was given.
        if (wasDefault)
            _defaults.RemoveAll(earlier => !earlier.IsConnected);
    }
}
