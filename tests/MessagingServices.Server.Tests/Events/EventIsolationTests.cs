using CsCheck;
using MessagingServices.Server.Events;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Events;

/// <summary>
/// No stream and no search shows anything of another account, whatever they ask for and whatever happens.
/// </summary>
public sealed class EventIsolationTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const int Accounts = 3;

    private static readonly Gen<int> Account = Gen.Int[0, Accounts - 1];

    private static readonly Gen<string> Types = Gen.OneOf([.. EventTypeNames.All, EventTypeNames.Resync])
        .Array[0, 4].Select(names => string.Join(',', names));

    // The Messaging Service may be another account's, which is one that does not exist. -1 is none.
    private static readonly Gen<Listener> Listeners =
        Gen.Select(Account, Types, Gen.Int[-1, Accounts - 1], (account, types, service) => new Listener(
            account, types, service));

    private static readonly Gen<string> Term = Gen.Select(
        Gen.OneOf(
            "hi", "stop", "\"hello you\"", "to:{to}", "from:{number}", "status:delivered", "status:received",
            "direction:inbound", "direction:outbound-api", "is:media", "after:2020-01-01", "before:2100-01-01",
            "service:{0}", "service:{1}", "service:{2}", "error:30003"),
        Gen.Bool, (term, isNegated) => isNegated ? $"-{term}" : term);

    private static readonly Gen<(Listener[] Listeners, (int Account, Deed Deed)[] Deeds, string[] Queries)> Scene =
        Gen.Select(
            Listeners.Array[6], Gen.Select(Account, Gen.Enum<Deed>()).Array[25, 40],
            Term.Array[0, 3].Select(terms => string.Join(' ', terms)).Array[8]);

    private enum Deed
    {
        Send,
        Fail,
        Receive,
        OptOut,
        Talk,
        Rule,
        Rename,
        Redact,
        Delete,
        Freeze,
        Reset,
    }

    [Fact]
    public async Task Every_account_sees_only_what_is_its_own()
    {
        await using var app = await InboundApp.StartAsync();
        var callback = app.AnswerStatus("/status", 204);
        HashSet<string> shown = [];

        await Scene.SampleAsync(async scene =>
        {
            // They use the same numbers, so that only the account makes the difference.
            var (number, to) = (NumbersApi.New(), Handset.NewAddress());
            var worlds = new World[Accounts];
            for (var i = 0; i < Accounts; i++) worlds[i] = await World.CreateAsync(server, number, to, callback);
            List<(World World, EventStream Stream)> streams = [];
            foreach (var listener in scene.Listeners)
            {
                var service = listener.Service < 0 ? "" : $"&MessagingServiceSid={worlds[listener.Service].Service}";
                var world = worlds[listener.Account];
                streams.Add((world, await EventStream.OpenAsync(
                    world.Account.Http, $"Types={listener.Types}{service}")));
            }

            foreach (var world in worlds) streams.Add((world, await EventStream.OpenAsync(world.Account.Http)));

            foreach (var (account, deed) in scene.Deeds) await worlds[account].DoAsync(deed);
            foreach (var world in worlds) await world.EndAsync();
            foreach (var (world, stream) in streams.Skip(scene.Listeners.Length))
                await stream.ExpectAsync("rule.updated", found => found["to"] == World.Last);

            foreach (var (world, stream) in streams)
            {
                foreach (var found in stream.Events)
                {
                    shown.Add(found.Type);
                    Assert.Equal(
                        world.Account.Sid, found.Type == "account.updated" ? found["sid"] : found["account_sid"]);
                    AssertOwn(world, worlds, found.Data.ToJsonString());
                }

                await stream.DisposeAsync();
            }

            foreach (var query in scene.Queries)
            {
                var filled = query.Replace("{to}", to, StringComparison.Ordinal)
                    .Replace("{number}", number, StringComparison.Ordinal);
                for (var i = 0; i < Accounts; i++)
                    filled = filled.Replace($"{{{i}}}", worlds[i].Service, StringComparison.Ordinal);
                foreach (var world in worlds) await SearchAsync(world, filled, shown);
            }
        }, iter: 5, threads: 1);

        Assert.Superset(
            new HashSet<string>
            {
                "message.created", "message.updated", "webhook.updated", "conversation.updated", "opt_out.updated",
                "rule.updated", "account.updated", "clock.updated", "found",
            },
            shown);
    }

    private static async Task SearchAsync(World world, string query, HashSet<string> shown)
    {
        var page = await world.Account.Api.GetAsync(
            $"/emulator/v1/Messages?Query={Uri.EscapeDataString(query)}&PageSize=1000").ExpectAsync(200);
        foreach (var message in page.Body!["messages"]!.AsArray())
        {
            shown.Add("found");
            Assert.Equal(world.Account.Sid, message!["account_sid"]!.ToString());
        }
    }

    private static void AssertOwn(World world, IEnumerable<World> worlds, string text) => Assert.All(
        worlds.Where(other => other != world).SelectMany(other => new[] { other.Account.Sid, other.Service }),
        sid => Assert.DoesNotContain(sid, text, StringComparison.Ordinal));

    private sealed record Listener(int Account, string Types, int Service);

    /// <summary>An account with a Messaging Service, and what is done there.</summary>
    private sealed record World(TestAccount Account, string Service, string Number, string To, string Callback)
    {
        /// <summary>What the last rule is for.</summary>
        public const string Last = "+1888*";

        private readonly List<string> sent = [];

        public static async Task<World> CreateAsync(MessagingServer server, string number, string to, string callback)
        {
            var account = await TestAccount.CreateAsync(server.Http);
            return new(account, await account.Api.Services.CreateWithPoolAsync(number), number, to, callback);
        }

        public async Task EndAsync() => await Account.Api.CreateAsync("/emulator/v1/CarrierRules", ("To", Last));

        public async Task DoAsync(Deed deed)
        {
            var api = Account.Api;
            var message = sent.Count == 0 ? null
                : $"/2010-04-01/Accounts/{Account.Sid}/Messages/{sent[^1]}.json";
            switch (deed)
            {
                case Deed.Send:
                    await SendAsync();
                    break;
                case Deed.Fail:
                    await api.CreateAsync(
                        "/emulator/v1/CarrierRules", ("Outcome", "failed"), ("ErrorCode", "30003"), ("Times", "1"));
                    await SendAsync();
                    break;
                case Deed.Receive:
                    await ReceiveAsync("Hello you");
                    break;
                case Deed.OptOut:
                    await ReceiveAsync("STOP");
                    await ReceiveAsync("START");
                    break;
                case Deed.Talk:
                    await api.Conversations.CreateAsync(("FriendlyName", "Talk"));
                    break;
                case Deed.Rule:
                    await api.CreateAsync("/emulator/v1/CarrierRules", ("Outcome", "sent"), ("To", "+1999*"));
                    break;
                case Deed.Rename:
                    await api.UpdateAsync($"/2010-04-01/Accounts/{Account.Sid}.json", ("FriendlyName", "A"));
                    break;
                // A message that is on its way can be neither redacted nor deleted.
                case Deed.Redact when message is not null:
                    await api.PostAsync(message, ("Body", ""));
                    break;
                case Deed.Delete when message is not null:
                    await api.DeleteAsync(message);
                    break;
                case Deed.Freeze:
                    await api.PostAsync("/emulator/v1/Clock", ("Frozen", "true")).ExpectAsync(200);
                    await api.PostAsync("/emulator/v1/Clock", ("Frozen", "false")).ExpectAsync(200);
                    break;
                case Deed.Reset:
                    await api.PostAsync("/emulator/v1/Reset").ExpectAsync(204);
                    sent.Clear();
                    break;
                default:
                    break;
            }
        }

        private async Task SendAsync() => sent.Add(await Account.Api.Messages.SendAsync(
            ("To", To), ("MessagingServiceSid", Service), ("Body", "Hi"), ("StatusCallback", Callback)));

        private async Task ReceiveAsync(string body) => await Account.Api.PostAsync(
            "/emulator/v1/InboundMessages", ("From", To), ("To", Number), ("Body", body)).ExpectAsync(201);
    }
}
