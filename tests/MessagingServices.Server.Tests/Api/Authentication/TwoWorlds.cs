using MessagingServices.Server.Api.Fidelity;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Api.Authentication;

/// <summary>A server with two accounts that have the same: the caller's own, and another one.</summary>
public sealed class TwoWorlds(PostgresServer postgres) : IAsyncLifetime
{
    private readonly MessagingServer server = new(postgres);
    private readonly DatabaseCommands commands = new();
    private readonly TaskCompletionSource ended = new();
    private MediaServer? media;
    private InboundApp? app;

    /// <summary>The caller's account.</summary>
    internal AccountWorld Own { get; private set; } = null!;

    /// <summary>The other account.</summary>
    internal AccountWorld Other { get; private set; } = null!;

    /// <summary>The routes that need credentials, without those that refuse everything with 501.</summary>
    public IEnumerable<(string Method, string Route)> Routes =>
        from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
            && endpoint.Metadata.GetMetadata<NotEmulated>() is null
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        let route = endpoint.RoutePattern.RawText!.TrimStart('/')
        orderby route, method
        select (method, route);

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        media = await MediaServer.StartAsync();
        app = await InboundApp.StartAsync();
        var silent = app.Respond("/silent", (_, _) => ended.Task);
        var refusing = app.AnswerStatus("/refuses", 404);
        Own = await CreateAsync("ours");
        Other = await CreateAsync("theirs");

        async Task<AccountWorld> CreateAsync(string name) => await AccountWorld.CreateAsync(
            await TestAccount.CreateAsync(server.Http), media.PictureUrl, silent, refusing, name);
    }

    public async ValueTask DisposeAsync()
    {
        ended.TrySetResult();
        commands.Dispose();
        await server.DisposeAsync();
        if (app is not null) await app.DisposeAsync();
        if (media is not null) await media.DisposeAsync();
    }

    /// <summary>
    /// Makes a request about resources of the other account, and the same about resources that do not exist. Own ones
    /// are written <c>[kind]</c>, the others <c>&lt;kind&gt;</c>.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path with the query.</param>
    /// <param name="form">The form.</param>
    /// <param name="json">The body instead of a form.</param>
    /// <param name="status">The status that both must have; null for any.</param>
    /// <returns>What tells the one from the other; nothing if nothing does.</returns>
    internal async Task<IEnumerable<string>> CompareAsync(
        string method, string path, (string Name, string Value)[] form, string? json, int? status)
    {
        path = path.StartsWith('/') ? path : $"/{path}";
        List<string> told = [];
        var (existing, missing) = (await SendAsync(isMissing: false), await SendAsync(isMissing: true));
        if (status is not null && existing.Status != status) told.Add($"the status is not {status}");
        if (existing.Status != missing.Status || existing.Text != missing.Text) told.Add("the answers differ");
        var (fewest, fewestMissing) = (existing.Commands, missing.Commands);
        // What is remembered for a second costs a read now and then: of each, the fewest count.
        for (var round = 0; round < 2 || (round < 6 && !fewest.SequenceEqual(fewestMissing)); round++)
        {
            fewest = Fewer(fewest, (await SendAsync(isMissing: false)).Commands);
            fewestMissing = Fewer(fewestMissing, (await SendAsync(isMissing: true)).Commands);
        }

        if (!fewest.SequenceEqual(fewestMissing)) told.Add("the commands differ");
        return told.Count == 0 ? [] :
        [
            $"{method} {path}: {string.Join(", ", told)}: {existing.Status} {existing.Text}, "
                + $"{missing.Status} {missing.Text}, "
                + $"commands: {string.Join("; ", fewest)} | {string.Join("; ", fewestMissing)}",
        ];

        async Task<(int Status, string Text, IReadOnlyList<string> Commands)> SendAsync(bool isMissing)
        {
            using HttpRequestMessage request = new(new(method), Fill(path, isMissing));
            if (json is not null)
                request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
            else if (method == "POST")
                request.Content = TestApi.Form(form.Select(field => (field.Name, Fill(field.Value, isMissing))));
            var (answered, text, made) = await commands.OfAsync(Own.Account.Http, request);
            return (answered, Blank(text), made);
        }
    }

    private static IReadOnlyList<string> Fewer(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        other.Count < one.Count ? other : one;

    private string Fill(string text, bool isMissing)
    {
        text = Own.Fill(text);
        foreach (var kind in Other.Kinds)
        {
            text = text.Replace($"<{kind}>", isMissing ? Missing(Other[kind]) : Other[kind],
                StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>The text without the names that only the request decides.</summary>
    private string Blank(string text)
    {
        foreach (var name in Other.Kinds.Select(kind => Other[kind]))
        {
            text = text.Replace(Missing(name), "*", StringComparison.Ordinal)
                .Replace(name, "*", StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>A name of the same form that nothing has.</summary>
    private static string Missing(string name) =>
        name.Length == 34 ? $"{name[..20]}{(name[20] == 'a' ? 'b' : 'a')}{name[21..]}" : $"no-{name}";
}
