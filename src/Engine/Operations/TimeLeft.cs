namespace ImageCmdlets.Engine.Operations;

/// <summary>The time that something still takes, where it goes on as it went until now.</summary>
internal static class TimeLeft
{
    /// <summary>Seconds, rounded up, as PowerShell shows them with progress; -1 where nothing tells.</summary>
    /// <param name="elapsed">Since its beginning; null: it is not known.</param>
    /// <param name="percent">How much of it is done.</param>
    public static int Seconds(TimeSpan? elapsed, double percent) =>
        percent > 0 && elapsed is { } time ? (int)Math.Ceiling(time.TotalSeconds * (100 - percent) / percent) : -1;
}
