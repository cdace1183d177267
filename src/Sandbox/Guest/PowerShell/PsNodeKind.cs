namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>The statements and expressions of PowerShell that the model knows.</summary>
internal enum PsNodeKind
{
    /// <summary>Children one after the other.</summary>
    Block,

    /// <summary>Target and value; the operator is the text.</summary>
    Assignment,

    /// <summary>Condition, then, else (may be missing).</summary>
    If,

    /// <summary>Condition, body.</summary>
    While,

    /// <summary>Body, condition; the text tells <c>while</c> from <c>until</c>.</summary>
    Do,

    /// <summary>Start, condition, step, body.</summary>
    For,

    /// <summary>Variable in the text, collection, body.</summary>
    ForEach,

    /// <summary>Subject, then pairs of value and body; a missing value is <c>default</c>.</summary>
    Switch,

    /// <summary>Body, catch (may be missing), finally (may be missing).</summary>
    Try,

    /// <summary>Name in the text, script block.</summary>
    Function,

    /// <summary><c>return</c>, with a value or without.</summary>
    Return,

    /// <summary><c>exit</c>, with a code or without.</summary>
    Exit,

    /// <summary><c>throw</c>.</summary>
    Throw,

    /// <summary><c>break</c>.</summary>
    Break,

    /// <summary><c>continue</c>.</summary>
    Continue,

    /// <summary>Children joined by <c>|</c>.</summary>
    Pipeline,

    /// <summary>Name, then arguments; an argument that is a <see cref="Parameter"/> names the next.</summary>
    Command,

    /// <summary>A parameter's name, in the text; the child is the value after a colon.</summary>
    Parameter,

    /// <summary>A redirection; operator in the text, target as child.</summary>
    Redirect,

    /// <summary>The value itself.</summary>
    Literal,

    /// <summary>Text made of its children.</summary>
    Expandable,

    /// <summary>Name in the text.</summary>
    Variable,

    /// <summary>Target; the property is the text.</summary>
    Member,

    /// <summary>Target, then arguments; the method is the text.</summary>
    Invoke,

    /// <summary>Target, index.</summary>
    Index,

    /// <summary>Left, right; the operator is the text.</summary>
    Binary,

    /// <summary>Operand; the operator is the text.</summary>
    Unary,

    /// <summary><c>@( … )</c>: body.</summary>
    Array,

    /// <summary>Children parted by commas.</summary>
    List,

    /// <summary>Pairs of key and value.</summary>
    Hashtable,

    /// <summary><c>$( … )</c> or <c>( … )</c>: body.</summary>
    SubExpression,

    /// <summary><c>{ … }</c>: body; names of parameters with their defaults beside it.</summary>
    ScriptBlock,

    /// <summary>Operand; the type is the text.</summary>
    Cast,

    /// <summary><c>[type]</c> without an operand.</summary>
    Type,

    /// <summary>Variable; the text is <c>++</c> or <c>--</c>.</summary>
    Step,
}
