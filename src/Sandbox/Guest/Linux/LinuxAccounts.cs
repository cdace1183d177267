namespace ImageCmdlets.Sandbox.Guest.Linux;

/// <summary>The accounts in <c>/etc/passwd</c>, <c>/etc/shadow</c> and <c>/etc/group</c> of a disk.</summary>
internal sealed class LinuxAccounts(GuestFileSystem files)
{
    private const string Group = "/etc/group";

    /// <summary>Names of all accounts, in the order of the file.</summary>
    public IReadOnlyList<string> Names => [.. Lines(LinuxPaths.Passwd).Select(static l => l.Split(':')[0])];

    /// <summary>The line of <c>/etc/passwd</c>, or null.</summary>
    public string? Entry(string name) => Lines(LinuxPaths.Passwd).FirstOrDefault(l => Belongs(l, name));

    /// <summary>The home directory, or null.</summary>
    public string? Home(string name) => Entry(name)?.Split(':').ElementAtOrDefault(5);

    /// <summary>Makes an account with a home, as <c>useradd -m</c> does.</summary>
    public void Add(string name)
    {
        if (Entry(name) is not null)
        {
            return;
        }

        int id = 1000 + Lines(LinuxPaths.Passwd).Count(static l => l.Contains(":/home/"));
        string home = $"/home/{name}";
        files.Append(LinuxPaths.Passwd, $"{name}:x:{id}:{id}:{name}:{home}:/bin/bash\n");
        files.Append(LinuxPaths.Shadow, $"{name}:!:19700:0:99999:7:::\n");
        files.Append(Group, $"{name}:x:{id}:\n");
        files.Write($"{home}/.bashrc", "# ~/.bashrc\n");
        files.Write($"{home}/.profile", "# ~/.profile\n");
    }

    /// <summary>Removes an account. False when there is none of that name.</summary>
    /// <param name="name">The account.</param>
    /// <param name="withHome">Whether the home goes too (<c>userdel -r</c>).</param>
    public bool Remove(string name, bool withHome)
    {
        string? home = Home(name);
        if (home is null)
        {
            return false;
        }

        foreach (string path in new[] { LinuxPaths.Passwd, LinuxPaths.Shadow, Group })
        {
            files.Write(path, string.Concat(Lines(path).Where(l => !Belongs(l, name)).Select(static l => l + "\n")));
        }

        if (withHome)
        {
            files.Delete(home);
        }

        return true;
    }

    /// <summary>Replaces the password field, for example by <c>!</c> (locked).</summary>
    public void SetPassword(string name, string field)
    {
        IEnumerable<string> lines = Lines(LinuxPaths.Shadow).Select(l =>
        {
            if (!Belongs(l, name))
            {
                return l;
            }

            string[] fields = l.Split(':');
            fields[1] = field;
            return string.Join(":", fields);
        });
        files.Write(LinuxPaths.Shadow, string.Concat(lines.Select(static l => l + "\n")));
    }

    private static bool Belongs(string line, string name) => line.StartsWith(name + ":", StringComparison.Ordinal);

    private string[] Lines(string path) =>
        (files.Read(path) ?? string.Empty).Split(['\n'], StringSplitOptions.RemoveEmptyEntries);
}
