namespace ImageCmdlets.Tests.Specification;

/// <summary>
/// The form of every refusal of ARM's front end (common types of the specification, <c>ErrorResponse</c>, with the
/// <c>innererror</c> of OData). Operations that declare a form of their own still meet this one when the front end refuses.
/// </summary>
internal static class ArmRefusal
{
    /// <summary>The envelope.</summary>
    public static SchemaNode Schema { get; } = Make();

    private static SchemaNode Make()
    {
        var text = new SchemaNode { Kind = SchemaKind.String };
        var nullableText = new SchemaNode { Kind = SchemaKind.String, IsNullable = true };
        var anything = new SchemaNode();
        var error = new SchemaNode { Kind = SchemaKind.Object };
        error.Properties["code"] = new SchemaProperty(text, false, false);
        error.Properties["message"] = new SchemaProperty(text, false, false);
        error.Properties["target"] = new SchemaProperty(nullableText, false, false);
        error.Properties["details"] = new SchemaProperty(new SchemaNode { Kind = SchemaKind.Array, Items = error }, false, false);
        error.Properties["innererror"] = new SchemaProperty(anything, false, false);
        error.Properties["additionalInfo"] = new SchemaProperty(new SchemaNode { Kind = SchemaKind.Array, Items = anything }, false, false);
        error.Required.UnionWith(["code", "message"]);
        var envelope = new SchemaNode { Kind = SchemaKind.Object };
        envelope.Properties["error"] = new SchemaProperty(error, false, false);
        envelope.Required.Add("error");
        return envelope;
    }
}
