using System.Globalization;
using System.Text;
using ImageCmdlets.Engine.Diagnosis;

namespace ImageCmdlets.Engine.Tests.Diagnosis;

/// <summary>A log that a seed decides: several runs, noise, causes, both shapes, wrapped lines, any encoding, cut at either end.</summary>
internal sealed class GeneratedLog
{
    private static readonly Encoding s_ansi = Encoding.Latin1;

    private static readonly (string RuleId, string Text)[] s_causes =
    [
        .. RuleCatalog.Windows.Where(rule => rule is { Kind: RuleKind.Cause, Severity: FindingSeverity.Error })
            // What is one word is no line of a log, but what a look into a guest shows, and cannot be put together again where it is wrapped.
            .SelectMany(rule => rule.Example.Where(example => example.Contains(' ', StringComparison.Ordinal)).Select(example => (rule.Id, example))),
    ];

    private static readonly string[] s_noise = [.. RuleCatalog.Noise.SelectMany(rule => rule.Example)];

    private static readonly string[] s_echoes = [.. RuleCatalog.Windows.Where(rule => rule.Id == "Windows.SysprepHalted").SelectMany(rule => rule.Example)];

    private static readonly string[] s_chatter =
    [
        "RunDlls:Running platform actions specified in action file for phase 3", "WinMain:Pre-validing 'cleanup' internal providers.",
        "Größe geändert – naïve façade", "ActionPlatform::LaunchModule: Executing method 'Sysprep_Clean_Validate_Opk' from C:\\Windows\\System32\\spopk.dll", "",
    ];

    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private readonly bool _isManager;
    private readonly string _end;
    private DateTime _time = new(2025, 7, 22, 10, 0, 0);

    public GeneratedLog(int seed)
    {
        _random = new Random(seed);
        _isManager = _random.Next(4) == 0;
        _end = _random.Next(2) == 0 ? "\r\n" : "\n";
        int runs = _random.Next(1, 5);
        for (int run = 1; run <= runs; run++)
            WriteRun(isLast: run == runs);
        if (_random.Next(4) == 0)
            WriteErrorLog();
        Encode();
    }

    /// <summary>The file.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>The rule of the cause that was planted in the last run; null: it went well, or only noise is in it.</summary>
    public string? PlantedRule { get; private set; }

    /// <summary>Whether everything from the beginning of the last run to what decides it is there.</summary>
    public bool IsLastRunWhole { get; private set; }

    /// <summary>Causes of earlier runs that the last run does not have.</summary>
    public HashSet<string> OldRules { get; } = [];

    private int LastRunBegin { get; set; }

    private int PlantedEnd { get; set; }

    private List<string> OldErrors { get; } = [];

    private string Pick(string[] from) => from[_random.Next(from.Length)];

    private void WriteRun(bool isLast)
    {
        _time = _time.AddMinutes(_random.Next(5, 5000));
        if (isLast)
            LastRunBegin = _text.Length;
        foreach (string separator in new[] { "========================================================", "===          Beginning of a new sysprep run          ===", "========================================================" })
            Write("Info", separator, "0x0f004d");
        Write("Info", "ParseCommands:Found supported command line option 'GENERALIZE'", "0x0f005f");
        WriteFiller();
        if (_random.Next(3) > 0)
            WriteFailure(isLast);
        else
            WriteSuccess(isLast);
    }

    private void WriteFailure(bool isLast)
    {
        (string rule, string text) = s_causes[_random.Next(s_causes.Length)];
        string line = Write("Error", text, null, mayWrap: true);
        if (isLast)
        {
            (PlantedRule, PlantedEnd) = (rule, _text.Length);
        }
        else
        {
            OldRules.Add(rule);
            OldErrors.Add(line);
        }

        WriteFiller();
        for (int i = _random.Next(4); i > 0; i--)
            Write("Error", Pick(s_echoes), "0x0f0070");
        Write("Info", "Shutting down SysPrep log", "0x0f0052");
    }

    private void WriteSuccess(bool isLast)
    {
        Write("Info", @"FCreateTagFile:Successfully created tag file C:\Windows\System32\Sysprep\Sysprep_succeeded.tag", "0x0f0080");
        WriteFiller();
        if (isLast)
            PlantedEnd = _text.Length;
    }

    // setuperr.log behind setupact.log: errors of old runs once more.
    private void WriteErrorLog()
    {
        foreach (string line in OldErrors)
            _text.Append(line);
    }

    private void WriteFiller()
    {
        for (int i = _random.Next(6); i > 0; i--)
        {
            bool isNoise = _random.Next(2) == 0;
            Write(isNoise ? "Error" : "Info", isNoise ? Pick(s_noise) : Pick(s_chatter), null);
        }
    }

    private string Write(string level, string text, string? code, bool mayWrap = false)
    {
        _time = _time.AddSeconds(_random.Next(3));
        string line = _isManager
            ? $"{_time.ToString("MM-dd-yyyy HH:mm:ss.fff", CultureInfo.InvariantCulture)} SYSPRP 983152 ({code ?? "0x0"}) {text}"
            : $"{_time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}, {level,-10} {(code is null ? string.Empty : $"[{code}]"),10} SYSPRP {text}{(_random.Next(5) == 0 ? "[gle=0x00000012]" : string.Empty)}";
        int space = line.LastIndexOf(' ');
        string written = (mayWrap && _random.Next(4) == 0 ? line[..space] + _end + "    " + line[(space + 1)..] : line) + _end;
        _text.Append(written);
        return written;
    }

    private void Encode()
    {
        Encoding encoding = _random.Next(6) switch
        {
            0 => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
            1 => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
            2 => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
            3 => s_ansi,
            4 => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        string text = _text.ToString();
        byte[] whole = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
        int begin = _random.Next(3) == 0 ? _random.Next(whole.Length) : 0;
        int end = _random.Next(3) == 0 ? _random.Next(begin, whole.Length + 1) : whole.Length;
        int lastRun = encoding.GetPreamble().Length + encoding.GetByteCount(text[..LastRunBegin]);
        int planted = encoding.GetPreamble().Length + encoding.GetByteCount(text[..PlantedEnd]);
        Bytes = whole[begin..end];
        IsLastRunWhole = begin <= lastRun && end >= planted;
    }
}
