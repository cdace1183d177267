using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.Specification.Tests.Judging;

/// <summary>A specification of one operation in two files, with one of everything that the judge has a rule for.</summary>
internal sealed class SmallSpecification : IDisposable
{
    private const string Main = """
        {
          "swagger": "2.0",
          "info": { "title": "Things", "version": "2020-01-01" },
          "paths": {
            "/subscriptions/{subscriptionId}/things/{thingName}": {
              "put": {
                "operationId": "Things_Put",
                "parameters": [
                  { "$ref": "./common/common.json#/parameters/Subscription" },
                  { "name": "thingName", "in": "path", "required": true, "type": "string", "pattern": "^[a-z]+$", "maxLength": 5 },
                  { "name": "api-version", "in": "query", "required": true, "type": "string" },
                  { "name": "$expand", "in": "query", "type": "string", "enum": [ "all" ], "x-ms-enum": { "name": "E", "modelAsString": false } },
                  { "name": "thing", "in": "body", "required": true, "schema": { "$ref": "#/definitions/Thing" } }
                ],
                "responses": {
                  "200": { "description": "OK", "schema": { "$ref": "#/definitions/Thing" } },
                  "202": { "description": "Accepted" },
                  "default": { "description": "Error", "schema": { "$ref": "./common/common.json#/definitions/Refusal" } }
                }
              }
            }
          },
          "definitions": {
            "Thing": {
              "type": "object",
              "allOf": [ { "$ref": "./common/common.json#/definitions/Resource" } ],
              "required": [ "kind", "born" ],
              "properties": {
                "kind": { "type": "string", "enum": [ "Big", "Small" ], "x-ms-enum": { "name": "Kind", "modelAsString": false } },
                "mood": { "type": "string", "enum": [ "Good" ], "x-ms-enum": { "name": "Mood", "modelAsString": true } },
                "born": { "type": "string", "format": "date-time", "readOnly": true },
                "count": { "type": "integer", "format": "int32", "minimum": 1, "maximum": 10 },
                "ratio": { "type": "number", "format": "double" },
                "on": { "type": "boolean" },
                "id128": { "type": "string", "format": "uuid" },
                "password": { "type": "string", "x-ms-secret": true },
                "name": { "type": "string", "pattern": "^[a-z]+$", "minLength": 2, "maxLength": 4 },
                "free": { "type": "object" },
                "numbers": { "type": "object", "additionalProperties": { "type": "integer" } },
                "children": { "type": "array", "maxItems": 2, "items": { "$ref": "#/definitions/Thing" } },
                "animal": { "$ref": "#/definitions/Animal" }
              }
            },
            "Animal": { "type": "object", "discriminator": "species", "required": [ "species" ], "properties": { "species": { "type": "string" } } },
            "Dog": {
              "type": "object",
              "allOf": [ { "$ref": "#/definitions/Animal" } ],
              "required": [ "bark" ],
              "properties": { "bark": { "type": "string" } },
              "x-ms-discriminator-value": "dog"
            }
          }
        }
        """;

    private const string Common = """
        {
          "swagger": "2.0",
          "info": { "title": "Common", "version": "1.0" },
          "paths": {},
          "parameters": { "Subscription": { "name": "subscriptionId", "in": "path", "required": true, "type": "string" } },
          "definitions": {
            "Resource": {
              "type": "object",
              "properties": { "id": { "type": "string", "readOnly": true }, "tags": { "type": "object", "additionalProperties": { "type": "string" } } }
            },
            "Refusal": { "type": "object", "properties": { "why": { "type": "string" } }, "required": [ "why" ] }
          }
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("specification").FullName;

    public SmallSpecification()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "common"));
        File.WriteAllText(Path.Combine(_folder, "things.json"), Main);
        File.WriteAllText(Path.Combine(_folder, "common", "common.json"), Common);
        Library = new SpecificationLibrary(_folder);
        Judge = new ExchangeJudge(Library);
    }

    public SpecificationLibrary Library { get; }

    public ExchangeJudge Judge { get; }

    public SpecificationOperation Operation => Library.Find("PUT", "/subscriptions/s/things/t", "2020-01-01")!;

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
