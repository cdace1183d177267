using System.Globalization;
using System.Xml.Linq;

namespace ImageCmdlets.Engine.Tests.Azurite;

/// <summary>The pages that a list of page ranges names. Services are free to name two ranges that touch as one.</summary>
internal static class PageList
{
    public static IReadOnlyList<(long Begin, long End)> Of(string xml)
    {
        var joined = new List<(long Begin, long End)>();
        foreach (XElement range in XDocument.Parse(xml.TrimStart('\uFEFF')).Root!.Elements("PageRange"))
        {
            long begin = Number(range, "Start"), end = Number(range, "End") + 1;
            if (joined.Count > 0 && joined[^1].End == begin)
                joined[^1] = (joined[^1].Begin, end);
            else
                joined.Add((begin, end));
        }

        return joined;
    }

    private static long Number(XElement range, string name) => long.Parse(range.Element(name)!.Value, CultureInfo.InvariantCulture);
}
