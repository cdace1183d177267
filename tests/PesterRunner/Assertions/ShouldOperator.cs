namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>One operator of <c>Should</c>: what it checks, and Pester's words for its failure.</summary>
public abstract class ShouldOperator
{
    private static readonly (string, Type)[] s_expectedValue = [("ExpectedValue", typeof(object))];

    private protected ShouldOperator(string name, string? alias = null)
    {
        Name = name;
        Alias = alias;
    }

    /// <summary>Every operator by its name.</summary>
    public static IReadOnlyDictionary<string, ShouldOperator> All { get; } = new ShouldOperator[]
    {
        new EqualOperator("Be", "EQ", ignoreCase: true),
        new EqualOperator("BeExactly", "CEQ", ignoreCase: false),
        new LikeOperator("BeLike", ignoreCase: true),
        new LikeOperator("BeLikeExactly", ignoreCase: false),
        new MatchOperator("Match", null, ignoreCase: true),
        new MatchOperator("MatchExactly", "CMATCH", ignoreCase: false),
        new NullOrEmptyOperator(),
        new TruthOperator("BeTrue", expected: true),
        new TruthOperator("BeFalse", expected: false),
        new TypeOperator(),
        new CountOperator(),
        new ContainOperator(),
        new InOperator(),
        new OrderOperator("BeGreaterThan", "GT", "greater than", "less than or equal to", order => order > 0),
        new OrderOperator("BeGreaterOrEqual", "GE", "greater than or equal to", "less than", order => order >= 0),
        new OrderOperator("BeLessThan", "LT", "less than", "greater than or equal to", order => order < 0),
        new OrderOperator("BeLessOrEqual", "LE", "less than or equal to", "greater than", order => order <= 0),
        new ExistOperator(),
        new ThrowOperator(),
    }.ToDictionary(one => one.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of its switch and of its parameter set.</summary>
    public string Name { get; }

    /// <summary>The short name of its switch.</summary>
    public string? Alias { get; }

    /// <summary>Its parameters by position.</summary>
    public virtual IReadOnlyList<(string Name, Type Type)> Parameters => s_expectedValue;

    /// <summary>Whether it looks at everything piped in at once, and not at one value after the other.</summary>
    public virtual bool TakesAllValues => false;

    /// <summary>Looks whether the assertion holds.</summary>
    public abstract ShouldOutcome Check(Assertion assertion);
}
