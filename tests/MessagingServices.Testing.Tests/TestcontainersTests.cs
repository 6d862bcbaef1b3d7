using MessagingServices.Testcontainers;

namespace MessagingServices.Testing.Tests;

/// <summary>The module for Testcontainers: what it asks of an engine, and when its container is started.</summary>
public sealed class TestcontainersTests(Sms sms)
{
    private const string Image = "messaging-services:1.0";
    private const string Seed = """{ "phone_numbers": [{ "PhoneNumber": "+14155550120" }] }""";

    [Fact]
    public async Task A_container_has_a_database_of_its_own_and_a_random_token()
    {
        await using var engine = await FakeDockerEngine.StartAsync(sms.Emulator.Url.Port);
        await using var container = Build(engine, builder => builder);
        await using var another = Build(engine, builder => builder);

        await container.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Image, engine.Created!["Image"]!.GetValue<string>());
        Assert.Equal(
            ["Account__AuthToken=" + container.AuthToken, "Account__Sid=AC00000000000000000000000000000001",
                "EmbeddedPostgres__Ephemeral=true"],
            Environment(engine));
        Assert.Equal("AC00000000000000000000000000000001", container.AccountSid);
        Assert.Matches("^[0-9a-f]{32}$", container.AuthToken);
        Assert.NotEqual(another.AuthToken, container.AuthToken);
        // Any free port of the machine.
        Assert.Equal(
            """[{"HostIp":"","HostPort":""}]""",
            engine.Created["HostConfig"]!["PortBindings"]!["8080/tcp"]!.ToJsonString());
        Assert.Equal(sms.Emulator.Url.Port, new Uri(container.GetBaseAddress()).Port);
    }

    [Fact]
    public async Task Account_frozen_clock_and_seed_are_settings_of_the_server()
    {
        await using var engine = await FakeDockerEngine.StartAsync(sms.Emulator.Url.Port);
        await using var container = Build(engine, builder => builder
            .WithAccount("AC000000000000000000000000000000ab", "atokenofmyown1").WithFrozenClock().WithSeed(Seed));

        await container.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            ("AC000000000000000000000000000000ab", "atokenofmyown1"), (container.AccountSid, container.AuthToken));
        Assert.Equal(
            ["Account__AuthToken=atokenofmyown1", "Account__Sid=AC000000000000000000000000000000ab",
                "Clock__Frozen=true", "EmbeddedPostgres__Ephemeral=true", "Seed__File=/seed/seed.json"],
            Environment(engine));
        Assert.Contains("seed/seed.json", engine.Copied, StringComparison.Ordinal);
        Assert.Contains(Seed, engine.Copied, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_is_not_started_before_the_server_is_ready()
    {
        await using var engine = await FakeDockerEngine.StartAsync(serverPort: 1);
        await using var container = Build(engine, builder => builder);
        using CancellationTokenSource patience = new(TimeSpan.FromMilliseconds(700));

        await Assert.ThrowsAnyAsync<Exception>(() => container.StartAsync(patience.Token));
    }

    [Fact]
    public void Accounts_without_credentials_are_refused() => Assert.Throws<ArgumentException>(() =>
        new MessagingServicesBuilder(Image).WithDockerEndpoint("tcp://127.0.0.1:1").WithAccount("", "").Build());

    private static MessagingServicesContainer Build(
        FakeDockerEngine engine, Func<MessagingServicesBuilder, MessagingServicesBuilder> configure) =>
        // Cleaning up would start another container.
        configure(new(Image)).WithDockerEndpoint(engine.Endpoint).WithCleanUp(false).Build();

    private static IEnumerable<string> Environment(FakeDockerEngine engine) =>
        engine.Created!["Env"]!.AsArray().Select(variable => variable!.GetValue<string>())
            .Order(StringComparer.Ordinal);
}
