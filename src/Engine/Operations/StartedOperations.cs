using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Operations;

/// <summary>What commands of this session have begun and not waited for, the latest last. It is forgotten with the session: Azure does not
/// keep who asked for what.</summary>
internal sealed class StartedOperations
{
    private const int Most = 1000;
    private readonly List<(ImageOperation Started, string? Address)> _items = [];

    public IReadOnlyList<(ImageOperation Started, string? Address)> All
    {
        get
        {
            lock (_items)
                return [.. _items];
        }
    }

    /// <summary>Forgets it: the user was told how it ended.</summary>
    public void Forget(ResourceId id)
    {
        lock (_items)
            _items.RemoveAll(item => id.Equals(ResourceId.TryParse(item.Started.Id)));
    }

    /// <summary>Remembers it; what was begun before with the same resource has ended, or it would have been refused.</summary>
    /// <param name="started">What the user got.</param>
    /// <param name="answer">Azure's answer, which says where to ask.</param>
    public void Add(ImageOperation started, ArmAnswer answer)
    {
        string? address = answer.Header("Azure-AsyncOperation") ?? (answer.Status == 202 ? answer.Header("Location") : null);
        lock (_items)
        {
            _items.RemoveAll(item => string.Equals(item.Started.Id, started.Id, StringComparison.OrdinalIgnoreCase));
            _items.Add((started, address));
            if (_items.Count > Most)
                _items.RemoveAt(0);
        }
    }
}
