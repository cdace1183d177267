namespace ImageCmdlets.Engine.ImageTests;

/// <summary>Looks whether machines of one image can be told apart.</summary>
internal static class IdentityComparison
{
    /// <summary>One check for each kind of identity on a machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="all">All machines of the test, this one too.</param>
    /// <param name="isSpecialized">Whether the image is one whose machines are meant to be the same.</param>
    public static IEnumerable<ImageTestCheck> Of(TestedMachine machine, IReadOnlyList<TestedMachine> all, bool isSpecialized)
    {
        if (machine.Identity is not { } identity)
            return [];

        TestedMachine[] others = [.. all.Where(other => other != machine && other.Identity is not null)];
        return MachineIdentity.KindsOf(machine.IsWindows).Select(kind => Compare(machine.Name, kind, identity, others, isSpecialized));
    }

    private static ImageTestCheck Compare(string vm, string kind, MachineIdentity identity, TestedMachine[] others, bool isSpecialized)
    {
        IReadOnlyList<string> own = identity.Of(kind);
        if (own.Count == 0)
            return new ImageTestCheck(kind, vm, ImageTestState.Skipped, "The machine has none.");

        string text = string.Join(", ", own);
        if (isSpecialized)
            return new ImageTestCheck(kind, vm, ImageTestState.Skipped, $"{text}; the image is specialized, so that its machines are copies of one another.");
        if (others.Length == 0)
            return new ImageTestCheck(kind, vm, ImageTestState.Skipped, $"{text}; there is no other machine to compare it with.");

        string[] same = [.. others.Where(other => other.Identity!.Of(kind).Any(own.Contains)).Select(other => other.Name)];
        return same.Length == 0
            ? new ImageTestCheck(kind, vm, ImageTestState.Passed, text)
            : new ImageTestCheck(kind, vm, ImageTestState.Failed, $"{text}; the same as {string.Join(", ", same)}.", FixOf(kind));
    }

    private static string FixOf(string kind) => kind switch
    {
        "MachineId" => "The image brings it. Generalize its source with Invoke-Generalize, which empties /etc/machine-id (waagent alone does not), and make the image anew.",
        "HostKey" => "The image brings them: whoever has one machine can pose as the others. Generalize its source with Invoke-Generalize, and make the image anew.",
        "Sid" => "Windows was not generalized. Generalize its source with Invoke-Generalize (sysprep /generalize), and make the image anew.",
        _ => "Something in the image sets the name. Generalize its source with Invoke-Generalize, and look for scripts that set it at the start.",
    };
}
