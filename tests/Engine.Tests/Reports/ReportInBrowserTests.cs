using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Reports;

/// <summary>A report as a real browser shows it: without a network, in light and dark, on a desk and on a phone.</summary>
[Trait("Category", "Chromium")]
public sealed class ReportInBrowserTests
{
    private const double EnoughContrast = 4.5;

    // Milliseconds: a browser that does not answer must not hold the others up.
    private const int HangsAfter = 120_000;

    [Fact(Timeout = HangsAfter)]
    public async Task ItCanBeReadEverywhereAndAsksForNothing()
    {
        Assert.SkipWhen(Browser.Missing is not null, Browser.Missing ?? string.Empty);
        CancellationToken token = TestContext.Current.CancellationToken;
        using ReportScene scene = await ReportScene.OpenAsync();
        await scene.ExportAsync();
        await using Browser browser = await Browser.OpenAsync(scene.FilePath, token);

        foreach ((int width, string scheme, string medium) in new[] { (1280, "light", "screen"), (1280, "dark", "screen"), (390, "light", "screen"), (390, "dark", "screen"), (820, "light", "screen"), (794, "light", "print") })
        {
            await browser.EmulateAsync(width, scheme, medium, token);
            await KeepAsync($"{width}-{scheme}", await browser.PictureAsync(token));
            JsonNode seen = (await browser.EvaluateAsync(Look, token))!;

            Assert.Equal(scheme == "dark", (bool)seen["isDark"]!);
            Assert.Equal(width, (int)seen["width"]!);
            Assert.True((int)seen["texts"]! > 200, "Too little text was looked at.");
            Assert.Empty(seen["faint"]!.AsArray().Where(text => (double)text!["contrast"]! < EnoughContrast).Select(text => $"{width} {scheme}: {text!.ToJsonString()}"));
        }

        Assert.Empty(((await browser.EvaluateAsync(Names, token))!).AsArray().Select(problem => (string?)problem));
        Assert.Equal([new Uri(scene.FilePath).AbsoluteUri], Told(browser, "Network.requestWillBeSent").Select(told => (string?)told["request"]!["url"]));
        Assert.Empty(Told(browser, "Runtime.exceptionThrown").Concat(Told(browser, "Runtime.consoleAPICalled")).Concat(Told(browser, "Log.entryAdded")).Select(told => told.ToJsonString()));
    }

    // What wants to be a script stands in the page as text; had it run, the title would be another.
    [Fact(Timeout = HangsAfter)]
    public async Task NothingRunsInIt()
    {
        Assert.SkipWhen(Browser.Missing is not null, Browser.Missing ?? string.Empty);
        CancellationToken token = TestContext.Current.CancellationToken;
        using ReportScene scene = await ReportScene.OpenAsync();
        await scene.ExportAsync();
        await using Browser browser = await Browser.OpenAsync(scene.FilePath, token);

        JsonNode seen = (await browser.EvaluateAsync("() => ({ title: document.title, scripts: document.scripts.length, images: document.images.length, text: document.body.innerText.includes('<script>document.title=') })", token))!;

        Assert.Equal("""{"title":"Images of prod","scripts":0,"images":0,"text":true}""", seen.ToJsonString());
    }

    private static IEnumerable<JsonNode> Told(Browser browser, string method) => browser.Events.Where(told => (string?)told["method"] == method).Select(told => told["params"]!);

    // For who wants to look at it: IMAGECMDLETS_PICTURES names a folder.
    private static Task KeepAsync(string name, byte[] picture) => Environment.GetEnvironmentVariable("IMAGECMDLETS_PICTURES") is { Length: > 0 } folder
        ? File.WriteAllBytesAsync(Path.Combine(folder, $"report-{name}.png"), picture, TestContext.Current.CancellationToken)
        : Task.CompletedTask;

    // WCAG 2.2, contrast of text (1.4.3): the colour of each text against what is painted behind it.
    private const string Look = """
        () => {
          const rgb = text => (text.match(/[\d.]+/g) || []).map(Number);
          const light = c => { const v = c / 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
          const luminance = c => 0.2126 * light(c[0]) + 0.7152 * light(c[1]) + 0.0722 * light(c[2]);
          const behind = element => {
            const box = element.closest('g.box');
            if (box) return rgb(getComputedStyle(box.querySelector('.back')).fill);
            for (let e = element; e; e = e.parentElement) {
              const c = rgb(getComputedStyle(e).backgroundColor);
              if (c.length === 3 || c[3] > 0) return c;
            }
            return [255, 255, 255];
          };
          const texts = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement, text = walker.currentNode.nodeValue.trim();
            if (!text || ['title', 'desc'].includes(element.localName) || !element.getClientRects().length) continue;
            const style = getComputedStyle(element), a = luminance(rgb(element.namespaceURI.endsWith('svg') ? style.fill : style.color)), b = luminance(behind(element));
            texts.push({ text, contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), size: parseFloat(style.fontSize) });
          }
          return {
            isDark: luminance(rgb(getComputedStyle(document.body).backgroundColor)) < 0.2,
            width: document.documentElement.scrollWidth,
            texts: texts.length,
            faint: texts.filter(t => t.contrast < 4.5 || t.size < 11.5).map(t => t.size < 11.5 ? { ...t, contrast: 0 } : t),
          };
        }
        """;

    // What has to have a name for who does not see it, and headings that leave no level out.
    private const string Names = """
        () => {
          const problems = [];
          for (const svg of document.querySelectorAll('svg')) {
            const named = (svg.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id));
            if (svg.getAttribute('role') !== 'img' || named.length !== 2 || named.some(e => !e || !e.textContent)) problems.push('svg without title and description');
          }
          for (const table of document.querySelectorAll('table')) {
            if (!table.caption || !table.caption.textContent) problems.push('table without caption');
            const heads = table.tHead.rows[0].cells;
            if (![...heads].every(th => th.localName === 'th' && th.scope === 'col' && th.textContent)) problems.push('column without header');
            for (const row of table.tBodies[0].rows)
              if (row.cells.length !== heads.length || row.cells[0].localName !== 'th') problems.push('row without header');
          }
          for (const box of document.querySelectorAll('g.box')) {
            const edge = box.querySelector('.back').getBBox();
            for (const text of box.querySelectorAll('text'))
              if (text.getBBox().x + text.getBBox().width > edge.x + edge.width) problems.push('out of its box: ' + text.textContent);
          }
          let level = 0;
          for (const h of document.querySelectorAll('h1,h2,h3')) {
            const own = Number(h.localName[1]);
            if (own > level + 1) problems.push('heading ' + h.textContent);
            level = own;
          }
          const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
          if (new Set(ids).size !== ids.length) problems.push('an id twice');
          if (!document.documentElement.lang || !document.querySelector('main')) problems.push('language or main part');
          return problems;
        }
        """;
}
