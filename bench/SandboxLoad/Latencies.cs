using System.Globalization;

namespace ImageCmdlets.Bench.SandboxLoad;

/// <summary>How long requests took.</summary>
internal sealed class Latencies
{
    private readonly List<double> _milliseconds = [];
    private readonly Lock _gate = new();

    public int Count => _milliseconds.Count;

    public void Add(TimeSpan time)
    {
        lock (_gate) _milliseconds.Add(time.TotalMilliseconds);
    }

    /// <summary>Requests a second over a time, and the times that half and all but one of a hundred kept.</summary>
    public string Describe(TimeSpan wall)
    {
        double[] sorted = [.. _milliseconds.Order()];
        double At(double part) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
        return string.Create(CultureInfo.InvariantCulture,
            $"{sorted.Length / wall.TotalSeconds,8:N0} a second   p50 {At(0.5):0.00} ms   p99 {At(0.99):0.00} ms   most {sorted[^1]:0.0} ms");
    }
}
