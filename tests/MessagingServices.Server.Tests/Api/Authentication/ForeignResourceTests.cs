using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Authentication;

/// <summary>
/// An account learns nothing of another one's resources: whether they exist or not, the answer is the same, and so are
/// the database commands that it costs. Every route of the server is tried.
/// </summary>
public sealed class ForeignResourceTests(TwoWorlds worlds) : IClassFixture<TwoWorlds>
{
    private const string OfAccount = "2010-04-01/Accounts/{AccountSid}";

    [Fact]
    public async Task No_path_tells_whether_another_account_has_a_resource()
    {
        List<string> told = [];
        var compared = 0;
        foreach (var (method, route) in worlds.Routes)
        {
            foreach (var (path, kind, status) in PathsOf(route))
            {
                compared++;
                var key = $"{method} {route.Replace(".json", "", StringComparison.Ordinal)}";
                var form = key == "POST emulator/v1/Registrations/{sid}"
                    ? [("Status", ForeignRoutes.Statuses[kind])]
                    : ForeignRoutes.Forms.GetValueOrDefault(key, []);
                told.AddRange(await worlds.CompareAsync(
                    method, path, form, ForeignRoutes.Json.GetValueOrDefault(key), status));
            }
        }

        Assert.True(told.Count == 0, string.Join('\n', told));
        Assert.True(compared > 150, $"Only {compared} requests were compared.");
    }

    [Fact]
    public async Task No_field_tells_whether_another_account_has_a_resource()
    {
        List<string> told = [];
        foreach (var (route, field, kind, more) in ForeignRoutes.References)
        {
            var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
            (string Name, string Value)[] fields = [.. more, (field, $"<{kind}>")];
            told.AddRange(method == "POST"
                ? await worlds.CompareAsync(method, path, fields, json: null, status: null)
                : await worlds.CompareAsync(
                    method, $"{path}?{string.Join('&', fields.Select(pair => $"{pair.Name}={pair.Value}"))}", [],
                    json: null, status: null));
        }

        Assert.True(told.Count == 0, string.Join('\n', told));
    }

    [Fact]
    public async Task No_list_has_anything_of_another_account()
    {
        // An event stream does not end: EventIsolationTests read it.
        foreach (var (method, route) in worlds.Routes.Where(one => one.Method == "GET"
            && one.Route != "emulator/v1/Events" && KindsOf(one.Route).All(kinds => kinds.Length == 0)))
        {
            var path = route.Replace("{AccountSid}", worlds.Own["account"], StringComparison.Ordinal)
                .Replace("{countryCode}", "US", StringComparison.Ordinal);
            var answer = await worlds.Own.Account.Api.GetAsync(
                $"/{path}?PageSize=100&Timeout=0&AccountSid={worlds.Own["account"]}");
            Assert.All(worlds.Other.Sids, sid => Assert.DoesNotContain(sid, answer.Text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_field_with_a_sid_is_tried_here()
    {
        var document = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs/openapi.json")))!;
        var schemas = document["components"]!["schemas"]!;
        var named = from path in document["paths"]!.AsObject()
                    from operation in path.Value!.AsObject()
                    from field in FieldsOf(operation.Value!)
                    where field.EndsWith("Sid", StringComparison.Ordinal)
                        && !ForeignRoutes.OfNoResource.Contains(field)
                    select (operation.Key.ToUpperInvariant(), Blank(path.Key), field);
        var tried = ForeignRoutes.References.Select(
            reference => (reference.Route.Split(' ')[0], Blank($"/{reference.Route.Split(' ')[1]}"), reference.Field));

        // A phone number's AccountSid is a parameter that is not emulated. Streams are read by EventIsolationTests.
        Assert.Equal(
            [
                "POST /2010-04-01/Accounts/*/IncomingPhoneNumbers/*.json AccountSid",
                "GET /emulator/v1/Events AccountSid", "GET /emulator/v1/Events MessagingServiceSid",
            ],
            named.Except(tried).Select(missing => $"{missing.Item1} {missing.Item2} {missing.Item3}"));

        IEnumerable<string> FieldsOf(JsonNode operation) =>
        [
            .. operation["parameters"]?.AsArray().Where(parameter => parameter!["in"]!.ToString() == "query")
                .Select(parameter => parameter!["name"]!.ToString()) ?? [],
            .. operation["requestBody"]?["content"]!.AsObject()
                .SelectMany(content => PropertiesOf(content.Value!["schema"]!)) ?? [],
        ];

        IEnumerable<string> PropertiesOf(JsonNode schema) =>
            (schema["$ref"] is { } named ? schemas[named.ToString().Split('/')[^1]]! : schema)["properties"]
                is JsonObject properties ? properties.Names() : [];

        static string Blank(string path) => System.Text.RegularExpressions.Regex.Replace(
            path, @"\{[^}]+\}|\[[^\]]+\]", "*");
    }

    /// <summary>
    /// The paths of a route that name something of the other account, as <c>&lt;kind&gt;</c>, after resources of the
    /// own account, as <c>[kind]</c>; with the kind that differs and the status that the contract has.
    /// </summary>
    private static IEnumerable<(string Path, string Kind, int Status)> PathsOf(string route)
    {
        var parameters = KindsOf(route).ToList();
        for (var foreign = 0; foreign < parameters.Count; foreign++)
        {
            if (parameters[foreign] is not [_, ..]) continue;
            foreach (var kind in parameters[foreign]) yield return (PathOf(foreign, kind), kind, 404);
        }

        if (route.StartsWith(OfAccount, StringComparison.Ordinal))
        {
            var path = route.Replace("{AccountSid}", "<account>", StringComparison.Ordinal);
            foreach (var (name, kinds) in NamesOf(route).Skip(1))
            {
                path = path.Replace($"{{{name}}}", kinds is [var first, ..] ? $"<{first}>" : "US",
                    StringComparison.Ordinal);
            }

            yield return ("/" + path, "account", 401);
        }

        string PathOf(int foreign, string kind)
        {
            var path = route.Replace("{AccountSid}", "[account]", StringComparison.Ordinal);
            var place = 0;
            foreach (var (name, kinds) in NamesOf(route).Where(one => one.Name != "AccountSid"))
            {
                var value = place < foreign ? $"[{kinds[0]}]" : place == foreign ? $"<{kind}>" : $"<{kinds[0]}>";
                path = path.Replace($"{{{name}}}", value, StringComparison.Ordinal);
                place++;
            }

            return "/" + path;
        }
    }

    private static IEnumerable<string[]> KindsOf(string route) =>
        NamesOf(route).Where(one => one.Name != "AccountSid").Select(one => one.Kinds);

    /// <summary>The parameters of a route, in order, with the kinds of resources that they name.</summary>
    private static IEnumerable<(string Name, string[] Kinds)> NamesOf(string route)
    {
        for (var end = route.IndexOf('}'); end >= 0; end = route.IndexOf('}', end + 1))
        {
            var (prefix, name) = (route[..(end + 1)], route[(route.LastIndexOf('{', end) + 1)..end]);
            if (name == "AccountSid") yield return (name, ["account"]);
            else if (ForeignRoutes.Kinds.TryGetValue(prefix, out var kinds)) yield return (name, kinds);
            else Assert.Fail($"Which resource does {prefix} name? Say it in {nameof(ForeignRoutes)}.");
        }
    }
}
