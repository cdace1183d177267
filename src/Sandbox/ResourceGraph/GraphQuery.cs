using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.ResourceGraph;

/// <summary>A query that was read: a table, and what is done with its rows.</summary>
internal sealed class GraphQuery
{
    private readonly List<Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>>> _steps = [];
    private readonly QueryReader _reader;
    private List<string> _columns = [.. GraphTables.Columns];

    private GraphQuery(string text)
    {
        _reader = new QueryReader(QueryLexer.Read(text));
    }

    /// <summary>The table that the rows come from.</summary>
    public string Table { get; private set; } = "resources";

    /// <summary>Whether the query itself says how many rows it wants: such an answer has no further pages.</summary>
    public bool IsLimited { get; private set; }

    /// <summary>The columns of the answer.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>Reads a query. Without a table it is about resources (recorded).</summary>
    /// <exception cref="ArmException">400 InvalidQuery.</exception>
    public static GraphQuery Read(string text)
    {
        var query = new GraphQuery(text);
        if (GraphTables.Names.FirstOrDefault(query._reader.TryTake) is { } table)
            query.Table = table;
        else if (query._reader.Current.Kind != QueryTokenKind.End)
            query.ReadStep();

        while (query._reader.TryTake("|")) query.ReadStep();
        return query._reader.Current.Kind == QueryTokenKind.End ? query : throw query._reader.Unexpected();
    }

    /// <summary>The rows of the answer.</summary>
    public IEnumerable<JsonObject> Run(IEnumerable<JsonObject> rows) => _steps.Aggregate(rows, static (current, step) => step(current));

    private void ReadStep()
    {
        QueryToken name = _reader.Take();
        if (name.Kind != QueryTokenKind.Word) throw GraphErrors.Parser(name.Position, name.Text);
        _steps.Add(name.Text switch
        {
            "where" => Where(),
            "project" => Project(),
            "project-away" => ProjectAway(),
            "extend" => Extend(),
            "order" or "sort" => Order(),
            "limit" or "take" => Limit(),
            "top" => Top(),
            "count" => Count(),
            "distinct" => Distinct(),
            "summarize" => Summarize(),
            _ => throw GraphErrors.Language(name.Text),
        });
    }

    private Func<JsonObject, JsonNode?> Expression() => new QueryExpression(_reader, _columns).Read();

    private Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>> Where()
    {
        Func<JsonObject, JsonNode?> condition = Expression();
        return rows => rows.Where(row => QueryValue.IsTrue(condition(row)));
    }

    private Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>> Project()
    {
        QueryColumn[] columns = [.. _reader.List(Column)];
        _columns = [.. columns.Select(static column => column.Name)];
        return rows => rows.Select(row => QueryColumn.Row(row, columns));
    }

    private Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>> ProjectAway()
    {
        IReadOnlyList<string> away = _reader.List(_reader.Name);
        if (away.FirstOrDefault(name => !_columns.Contains(name)) is { } unknown) throw GraphErrors.Column(unknown);
        _columns = [.. _columns.Except(away)];
        string[] left = [.. _columns];
        return rows => rows.Select(row => QueryColumn.Row(row, [.. left.Select(QueryColumn.Same)]));
    }

    private Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>> Extend()
    {
        IReadOnlyList<QueryColumn> added = _reader.List(Column);
        QueryColumn[] all = [.. _columns.Except(added.Select(static column => column.Name)).Select(QueryColumn.Same), .. added];
        _columns = [.. all.Select(static column => column.Name)];
        return rows => rows.Select(row => QueryColumn.Row(row, all));
    }

    private Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>> Order()
    {
        _reader.Require("by");
        IReadOnlyList<(Func<JsonObject, JsonNode?> Key, bool IsDescending)> keys = _reader.List(Key);
        return rows => Sorted(rows, keys);
    }

    private Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>> Limit()
    {
        int most = _reader.Number();
        IsLimited = true;
        return rows => rows.Take(most);
    }

    private Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>> Top()
    {
        int most = _reader.Number();
        IsLimited = true;
        Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>> order = Order();
        return rows => order(rows).Take(most);
    }

    private Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>> Count()
    {
        _columns = ["Count"];
        return static rows => [new JsonObject { ["Count"] = rows.Count() }];
    }

    private Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>> Distinct()
    {
        Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>> project = Project();
        return rows => project(rows).GroupBy(static row => row.ToJsonString(), StringComparer.Ordinal).Select(static group => group.First());
    }

    // summarize count() by location; summarize number=count() by type, location
    private Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>> Summarize()
    {
        string name = "count_";
        if (_reader.IsAlias())
        {
            name = _reader.Name();
            _reader.Require("=");
        }

        QueryToken function = _reader.Take();
        if (!function.Is("count")) throw GraphErrors.Language(function.Text);
        _reader.Require("(");
        _reader.Require(")");
        QueryColumn[] by = _reader.TryTake("by") ? [.. _reader.List(Column)] : [];
        _columns = [.. by.Select(static column => column.Name), name];
        return rows => rows.Select(row => QueryColumn.Row(row, by)).GroupBy(static row => row.ToJsonString(), StringComparer.Ordinal).Select(group =>
        {
            JsonObject first = group.First();
            first[name] = group.Count();
            return first;
        });
    }

    private QueryColumn Column()
    {
        if (_reader.IsAlias())
        {
            string alias = _reader.Name();
            _reader.Require("=");
            return new QueryColumn(alias, Expression());
        }

        // properties.storageProfile.osDisk becomes properties_storageProfile_osDisk.
        int before = _reader.Current.Position;
        Func<JsonObject, JsonNode?> value = Expression();
        return new QueryColumn(_reader.Between(before), value);
    }

    private (Func<JsonObject, JsonNode?> Key, bool IsDescending) Key()
    {
        Func<JsonObject, JsonNode?> key = Expression();
        if (_reader.TryTake("asc")) return (key, false);
        _reader.TryTake("desc");
        return (key, true);
    }

    private static IEnumerable<JsonObject> Sorted(IEnumerable<JsonObject> rows, IReadOnlyList<(Func<JsonObject, JsonNode?> Key, bool IsDescending)> keys)
    {
        JsonObject[] sorted = [.. rows];
        // The order of equal rows is kept.
        return sorted.Select(static (row, index) => (Row: row, Index: index)).OrderBy(static item => item, Comparer<(JsonObject Row, int Index)>.Create((left, right) =>
        {
            foreach ((Func<JsonObject, JsonNode?> key, bool isDescending) in keys)
            {
                int order = QueryValue.Compare(key(left.Row), key(right.Row));
                if (order != 0) return isDescending ? -order : order;
            }

            return left.Index.CompareTo(right.Index);
        })).Select(static item => item.Row);
    }
}
