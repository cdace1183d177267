namespace ImageCmdlets.Engine.Arm;

/// <summary>The states of operations and resources that mean an end.</summary>
internal static class ArmStates
{
    public static bool IsSuccess(string state) => Is(state, "Succeeded");

    public static bool IsEnd(string state) => IsSuccess(state) || Is(state, "Failed") || Is(state, "Canceled");

    private static bool Is(string state, string name) => string.Equals(state, name, StringComparison.OrdinalIgnoreCase);
}
