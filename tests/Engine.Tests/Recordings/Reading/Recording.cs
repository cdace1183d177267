namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>One recorded session with Azure, in the order of time.</summary>
/// <param name="Name">The path of its file inside the folder, with slashes.</param>
/// <param name="Exchanges">All of it.</param>
internal sealed record Recording(string Name, IReadOnlyList<RecordedExchange> Exchanges)
{
    public override string ToString() => Name;
}
