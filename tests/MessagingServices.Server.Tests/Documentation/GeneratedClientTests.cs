using MessagingServices.Server.Tests.Fixtures;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace MessagingServices.Server.Tests.Documentation;

/// <summary>A client that a generator makes from <c>docs/openapi.json</c> compiles, and talks to the server.</summary>
public sealed class GeneratedClientTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task A_generated_client_compiles_and_works()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(Directory.CreateDirectory(folder.Path).FullName, "GeneratedClient.dll");
        var snippet = new Snippet("docs/openapi.json", 1, "csharp", Program() + await ClientAsync(), null);

        Assert.Empty(SnippetProgram.Compile(snippet, snippet.Code, path));
        var result = await SnippetProgram.RunAsync(path);

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Equal(
            [
                "Queued OutboundApi 1 5", "GET False https://example.com/in", "12.5 '' True",
                "404 20404 https://www.twilio.com/docs/errors/20404",
            ],
            result.Output.Trim().Split('\n'));
    }

    private static async Task<string> ClientAsync()
    {
        var document = await OpenApiDocument.FromJsonAsync(await File.ReadAllTextAsync(OpenApiFileTests.Page));
        return new CSharpClientGenerator(document, new()
        {
            ClassName = "MessagingClient",
            CSharpGeneratorSettings =
            {
                Namespace = "Generated", GenerateNullableReferenceTypes = true,
                GenerateOptionalPropertiesAsNullable = true,
            },
        }).GenerateFile();
    }

    private string Program() => $$"""
        using Generated;

        const string account = "{{MessagingServer.AccountSid}}";
        using var http = new HttpClient();
        var credentials = System.Text.Encoding.UTF8.GetBytes($"{account}:{{MessagingServer.AuthToken}}");
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(credentials));
        var client = new MessagingClient("{{server.Url}}", http);
        var number = await client.CreateIncomingPhoneNumberAsync(
            account, new CreatePhoneNumberForm { PhoneNumber = "+14155550177" });
        var message = await client.CreateMessageAsync(account, new CreateMessageForm
        {
            To = "+14155550123", From = number.Phone_number, Body = "Hello", ValidityPeriod = 60, SendAsMms = false,
            ContentRetention = CreateMessageFormContentRetention.Retain,
        });
        var service = await client.MessagingCreateServiceAsync(new CreateServiceForm
        {
            FriendlyName = "Shop", InboundRequestUrl = new("https://example.com/in"), StickySender = false,
            InboundMethod = CreateServiceFormInboundMethod.GET,
        });
        var list = await client.ListMessageAsync(account, message.To, null, null, null, null, 5, null, null);
        var rule = await client.CreateCarrierRuleAsync(new CreateCarrierRuleForm { Percent = 12.5 });
        Console.WriteLine($"{message.Status} {message.Direction} {list.Messages.Count} {list.Page_size}");
        Console.WriteLine($"{service.Inbound_method} {service.Sticky_sender} {service.Inbound_request_url}");
        Console.WriteLine($"{rule.Percent} '{rule.Outcome}' {rule.Date_created > DateTimeOffset.UnixEpoch}");
        try
        {
            await client.FetchMessageAsync(account, new string('S', 2) + new string('0', 32));
        }
        catch (ApiException<ErrorBody> error)
        {
            Console.WriteLine($"{error.StatusCode} {error.Result.Code} {error.Result.More_info}");
        }

        """;
}
