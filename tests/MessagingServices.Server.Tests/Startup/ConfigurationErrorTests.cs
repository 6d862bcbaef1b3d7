using MessagingServices.Server.Startup;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Startup;

/// <summary>
/// Each configuration error stops the start with one sentence that names the setting. The server is built and started
/// in the process of the tests; <see cref="ServerHostTests"/> holds the same for a process of its own.
/// </summary>
public sealed class ConfigurationErrorTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    public static TheoryData<string, string[]> Mistakes => new()
    {
        { "listen on a network address with the Auth Token that everybody knows", ["--urls", "http://0.0.0.0:0"] },
        { "listen on a network address with the Auth Token that everybody knows", ["--urls", "http://*:0"] },
        { "Account:Sid is 'AC123', which is no Account SID", ["--Account:Sid", "AC123"] },
        { "Account:AuthToken must be 8 to 128 letters and digits", ["--Account:AuthToken", "not-only-letters"] },
        { "ConnectionStrings:Postgres is not a connection string",
            ["--ConnectionStrings:Postgres", "postgres://localhost/x"] },
        { "ConnectionStrings:Postgres is not a connection string",
            ["--ConnectionStrings:Postgres", "Host=x;Port=many"] },
        { "Pipeline:Stages names SelectSender, which is no stage", ["--Pipeline:Stages", "SelectSender"] },
        { "Account:AllowDefaultToken is 'x': set it to true or false.", ["--Account:AllowDefaultToken", "x"] },
        { "Carrier:SentDelayMs is 'abc': set it to a number from 0 to 86400000.", ["--Carrier:SentDelayMs", "abc"] },
        { "Carrier:SentDelayMs is '-5': set it to a number from 0 to 86400000.", ["--Carrier:SentDelayMs", "-5"] },
        { "Carrier:DeliveredDelayMs is '86400001': set it to a number", ["--Carrier:DeliveredDelayMs", "86400001"] },
        { "Clock:Frozen is 'maybe': set it to true or false.", ["--Clock:Frozen", "maybe"] },
        { "EmbeddedPostgres:Ephemeral is 'x': set it to true or false.", ["--EmbeddedPostgres:Ephemeral", "x"] },
        { "Webhooks:MaxConcurrency is '0': set it to a number from 1 to 10000.", ["--Webhooks:MaxConcurrency", "0"] },
        { "Webhooks:MediaTimeoutMs is '0': set it to a number from 100 to 60000.",
            ["--Webhooks:MediaTimeoutMs", "0"] },
        { "PublicUrl is 'example.com': write a URL with nothing behind its path", ["--PublicUrl", "example.com"] },
        { "PublicUrl is 'http://example.com/?a=b': write a URL", ["--PublicUrl", "http://example.com/?a=b"] },
        { "MmsConverter:LinkPrefix is 'p.twil.io/': write the beginning of a URL",
            ["--MmsConverter:LinkPrefix", "p.twil.io/"] },
        { "Retention:Days is '-1': set it to a number from 0 to 36500.", ["--Retention:Days", "-1"] },
        { "Retention:Days is 'a month': set it to a number from 0 to 36500.", ["--Retention:Days", "a month"] },
        { "Throughput:Foo is no setting", ["--Throughput:Foo", "1"] },
        { "Carrier:SentDelay is no setting: there are SentDelayMs", ["--Carrier:SentDelay", "5"] },
        { "Throughput:TollFree is '0': set it to a number from 1 to 100000", ["--Throughput:TollFree", "0"] },
        { "Prices:Fax is no kind of message", ["--Prices:Fax:US", "1"] },
        { "Prices:Sms is no kind of message", ["--Prices:Sms", "1"] },
        { "Prices:Sms:Utopia: Utopia is no country.", ["--Prices:Sms:Utopia", "1"] },
        { "Prices:Sms:US is '-1': set it to US dollars from 0 to 100", ["--Prices:Sms:US", "-1"] },
        { "Prices:Mms:Default is '0.000001': set it to US dollars", ["--Prices:Mms:Default", "0.000001"] },
        { "OTEL_EXPORTER_OTLP_ENDPOINT is 'localhost:4317': write a URL like http://localhost:4317",
            ["--OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317"] },
        { "urls names 'foo': write each address like http://localhost:8080", ["--urls", "foo"] },
        { "urls names 'http://localhost:99999'", ["--urls", "http://localhost:99999"] },
        { "http_ports names 'x': write ports from 0 to 65535", ["--urls", "", "--http_ports", "x"] },
        { "The section Serilog is wrong", ["--Serilog:MinimumLevel:Default", "Loud"] },
        { "Seed:File is '/nowhere/seed.json', which cannot be read", ["--Seed:File", "/nowhere/seed.json"] },
        { "Seed:File is '/', which cannot be read", ["--Seed:File", "/"] },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_configuration_error_is_reported_in_one_sentence(string sentence, string[] options)
    {
        using var errors = new StringWriter();
        string[] arguments = ["--urls", "http://127.0.0.1:0", "--ConnectionStrings:Postgres", database.ConnectionString,
            .. options];

        var exitCode = await ServerHost.RunAsync(() => Program.Build(arguments), errors);

        Assert.Equal(1, exitCode);
        var line = Assert.Single(errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("The server cannot start. ", line, StringComparison.Ordinal);
        Assert.Contains(sentence, line, StringComparison.Ordinal);
    }
}
