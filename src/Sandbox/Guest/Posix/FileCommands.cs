using System.Globalization;

namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>Commands on files and directories.</summary>
internal static class FileCommands
{
    public static IReadOnlyDictionary<string, Func<ShCall, Task<int>>> Commands { get; } =
        new Dictionary<string, Func<ShCall, int>>
        {
            ["cat"] = Cat,
            ["ls"] = List,
            ["rm"] = Remove,
            ["shred"] = Shred,
            ["rmdir"] = Remove,
            ["touch"] = Touch,
            ["mkdir"] = MakeDirectory,
            ["cp"] = Copy,
            ["mv"] = Move,
            ["truncate"] = Truncate,
            ["tee"] = Tee,
            ["find"] = Find,
            ["stat"] = Stat,
            ["basename"] = static c =>
                c.Print(Last(c.Operands[0]).Replace(c.Operands.ElementAtOrDefault(1) ?? "\0", string.Empty)),
            ["dirname"] = static c => c.Print(Parent(c.Operands[0])),
            ["readlink"] = static c => c.Print(c.Shell.Full(c.Operands[0])),
            ["realpath"] = static c => c.Print(c.Shell.Full(c.Operands[0])),
            ["mktemp"] = MakeTemporary,
            ["chmod"] = static _ => 0,
            ["chown"] = static _ => 0,
            ["ln"] = static _ => 0,
            ["sync"] = static _ => 0,
        }.ToDictionary(static p => p.Key, static p => (Func<ShCall, Task<int>>)(c => Task.FromResult(p.Value(c))));

    private static int Cat(ShCall call)
    {
        string? text = call.ReadOperands(call.Operands);
        call.Out.Append(text);
        return text is null ? 1 : 0;
    }

    private static int List(ShCall call)
    {
        int code = 0;
        foreach (string operand in call.Operands.Count == 0 ? ["."] : call.Operands)
        {
            string path = call.Shell.Full(operand);
            if (call.Files.IsFile(path) || (call.Has('d') && call.Files.Exists(path)))
            {
                call.Print(operand);
            }
            else if (call.Files.IsDirectory(path))
            {
                foreach (string name in call.Files.List(path).Where(n => n[0] != '.' || call.Has('a') || call.Has('A')))
                {
                    call.Print(name);
                }
            }
            else
            {
                code = call.Fail($"cannot access '{operand}': No such file or directory", 2);
            }
        }

        return code;
    }

    private static int Remove(ShCall call)
    {
        int code = 0;
        foreach (string operand in call.Operands)
        {
            string path = call.Shell.Full(operand);
            bool recursive = call.Has('r') || call.Has('R') || call.Has("--recursive") || call.Name == "rmdir";
            if (!call.Files.IsFile(path) && call.Files.IsDirectory(path) && !recursive)
            {
                code = call.Fail($"cannot remove '{operand}': Is a directory");
            }
            else if (call.Files.Below(path).Prepend(path).FirstOrDefault(call.Machine.Disk.IsImmutable) is { } immutable && call.Files.Exists(immutable))
            {
                code = call.Fail($"cannot remove '{operand}': Operation not permitted");
            }
            else if (!call.Files.Delete(path) && !call.Has('f') && !call.Has("--force"))
            {
                code = call.Fail($"cannot remove '{operand}': No such file or directory");
            }
        }

        return code;
    }

    private static int Shred(ShCall call)
    {
        foreach (string operand in call.Operands.Where(_ => call.Has('u')))
        {
            call.Files.Delete(call.Shell.Full(operand));
        }

        return 0;
    }

    private static int Touch(ShCall call)
    {
        foreach (string operand in call.Operands)
        {
            call.Files.Append(call.Shell.Full(operand), string.Empty);
        }

        return 0;
    }

    private static int MakeDirectory(ShCall call)
    {
        int code = 0;
        foreach (string operand in call.Operands)
        {
            string path = call.Shell.Full(operand);
            if (call.Files.Exists(path) && !call.Has('p') && !call.Has("--parents"))
            {
                code = call.Fail($"cannot create directory '{operand}': File exists");
            }

            call.Files.MakeDirectory(path);
        }

        return code;
    }

    private static int Copy(ShCall call) => Transfer(call, remove: false);

    private static int Move(ShCall call) => Transfer(call, remove: true);

    private static int Transfer(ShCall call, bool remove)
    {
        if (call.Operands.Count < 2)
        {
            return call.Fail("missing destination file operand");
        }

        string target = call.Shell.Full(call.Operands[call.Operands.Count - 1]);
        bool directory = call.Files.IsDirectory(target);
        foreach (string operand in call.Operands.Take(call.Operands.Count - 1))
        {
            string source = call.Shell.Full(operand);
            if (!call.Files.Exists(source))
            {
                return call.Fail($"cannot stat '{operand}': No such file or directory");
            }

            string end = directory ? $"{target}/{Last(source)}" : target;
            foreach (string file in call.Files.Below(source).Append(source).Where(call.Files.IsFile).ToArray())
            {
                call.Files.Write(end + file.Substring(source.Length), call.Files.Read(file)!);
            }

            if (remove)
            {
                call.Files.Delete(source);
            }
        }

        return 0;
    }

    private static int Truncate(ShCall call)
    {
        string? size = call.Value("-s") ?? call.Value("--size") ?? call.Arguments.FirstOrDefault(static a =>
            a.StartsWith("-s", StringComparison.Ordinal) && a.Length > 2)?.Substring(2);
        foreach (string operand in call.Operands.Where(o => o != size))
        {
            string path = call.Shell.Full(operand);
            string text = call.Files.Read(path) ?? string.Empty;
            int length = int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int s) ? s : 0;
            call.Files.Write(path, text.Length > length ? text.Substring(0, length) : text);
        }

        return 0;
    }

    private static int Tee(ShCall call)
    {
        string text = call.Streams.In.ReadToEnd();
        call.Out.Append(text);
        foreach (string path in call.Operands.Select(call.Shell.Full))
        {
            call.Files.Write(path, (call.Has('a') ? call.Files.Read(path) : string.Empty) + text);
        }

        return 0;
    }

    private static int Find(ShCall call)
    {
        string[] roots = [.. call.Arguments.TakeWhile(static a => a[0] is not ('-' or '(' or '!'))];
        string? name = call.Value("-name") ?? call.Value("-iname");
        bool directories = call.Value("-type") == "d";
        int negation = call.Arguments.ToList().IndexOf("!");
        bool isOther = negation >= 0 && call.Arguments.ElementAtOrDefault(negation + 1) is "-name" or "-iname";
        foreach (string root in roots.Length == 0 ? ["."] : roots)
        {
            string full = call.Shell.Full(root);
            if (!call.Files.Exists(full))
            {
                return call.Fail($"'{root}': No such file or directory");
            }

            IEnumerable<string> found = call.Files.Below(full).Append(full).Where(f => directories != call.Files.IsFile(f));
            foreach (string path in found.Where(f => name is null || ShPattern.Fits(Last(f), name) != isOther).ToArray())
            {
                if (call.Has("-delete"))
                {
                    call.Files.Delete(path);
                }
                else
                {
                    call.Print(path);
                }
            }
        }

        return 0;
    }

    private static int Stat(ShCall call)
    {
        string format = call.Value("-c") ?? call.Value("--format") ?? "%n";
        foreach (string operand in call.Operands.Where(o => o != format))
        {
            string path = call.Shell.Full(operand);
            if (!call.Files.Exists(path))
            {
                return call.Fail($"cannot statx '{operand}': No such file or directory");
            }

            int size = call.Files.Read(path) is { } text ? GuestBytes.Of(text).Length : 4096;
            // The model keeps no times of files.
            long time = call.Machine.Now.ToUnixTimeSeconds();
            call.Print(format.Replace("%n", operand).Replace("%s", size.ToString(CultureInfo.InvariantCulture))
                .Replace("%Y", time.ToString(CultureInfo.InvariantCulture)));
        }

        return 0;
    }

    private static int MakeTemporary(ShCall call)
    {
        string path = $"/tmp/tmp.{call.Machine.NewId($"mktemp{call.Files.Files.Count}", 10)}";
        if (call.Has('d'))
        {
            call.Files.MakeDirectory(path);
        }
        else
        {
            call.Files.Write(path, string.Empty);
        }

        return call.Print(path);
    }

    private static string Last(string path) => path.TrimEnd('/').Substring(path.TrimEnd('/').LastIndexOf('/') + 1);

    private static string Parent(string path)
    {
        int end = path.TrimEnd('/').LastIndexOf('/');
        return end > 0 ? path.Substring(0, end) : end == 0 ? "/" : ".";
    }
}
