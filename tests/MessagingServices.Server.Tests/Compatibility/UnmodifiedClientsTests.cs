using MessagingServices.Server.Tests.Documentation;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Compatibility;

/// <summary>
/// Applications without a line for this server send and list messages with nothing but the printed environment.
/// </summary>
public sealed class UnmodifiedClientsTests(SeededMessagingServer server) : IClassFixture<SeededMessagingServer>
{
    private const string Node =
        """
        import { createRequire } from "node:module";
        const require = createRequire(process.cwd() + "/x.js");
        const { TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token } = process.env;
        for (const name of ["twilio", "twilio-5", "twilio-4", "twilio-3", "twilio-2"]) {
          const client = require(name)(sid, token);
          const sent = await client.messages.create({ to: "+14155550123", from: "+14155550100", body: name });
          if (sent.body !== name) throw new Error(JSON.stringify(sent));
          const list = await client.messages.list({ limit: 5 });
          if (!(list.messages ?? list).some((message) => message.sid === sent.sid)) throw new Error("not listed");
        }

        const authorization = "Basic " + Buffer.from(`${sid}:${token}`).toString("base64");
        const url = "https://messaging.twilio.com/v1/Services";
        const page = await (await fetch(url, { headers: { authorization } })).json();
        if (!page.meta.url.startsWith(url + "?")) throw new Error(page.meta.url);
        const axios = require("axios");
        if ((await axios.get(url, { auth: { username: sid, password: token } })).status !== 200) throw new Error();
        const https = require("node:https");
        const other = await new Promise((done) => https.get("https://127.0.0.1:1/").on("error", done));
        if (other.code !== "ECONNREFUSED") throw new Error(other.code);
        console.log("done");
        """;

    private const string CSharp =
        """
        using Twilio;
        using Twilio.Rest.Api.V2010.Account;

        TwilioClient.Init(
            Environment.GetEnvironmentVariable("TWILIO_ACCOUNT_SID"),
            Environment.GetEnvironmentVariable("TWILIO_AUTH_TOKEN"));
        var sent = await MessageResource.CreateAsync(to: "+14155550123", from: "+14155550100", body: "Hello");
        if (!MessageResource.Read(limit: 5).Any(message => message.Sid == sent.Sid)) throw new Exception("not listed");
        if (!Twilio.Rest.Messaging.V1.ServiceResource.Read().Any()) throw new Exception("no service");
        Console.WriteLine("done");
        """;

    private const string Curl =
        """
        set -euo pipefail
        curl --fail-with-body -sS -X POST \
          "https://api.twilio.com/2010-04-01/Accounts/$TWILIO_ACCOUNT_SID/Messages.json" \
          --data-urlencode "Body=Revenge of the Sith was the best of the prequel trilogy." \
          --data-urlencode "MessagingServiceSid=MGXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX" \
          --data-urlencode "To=+18005550100" \
          -u $TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN
        curl --fail-with-body -sS https://tls-test.twilio.com/
        echo done
        """;

    // Python's own client. Twilio's SDK is among the installed clients.
    private const string Python =
        """
        import base64, os, urllib.parse, urllib.request
        sid, token = os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"]
        form = urllib.parse.urlencode({"To": "+14155550123", "From": "+14155550100", "Body": "Hello"}).encode()
        request = urllib.request.Request(f"https://api.twilio.com/2010-04-01/Accounts/{sid}/Messages.json", form)
        request.add_header("Authorization", "Basic " + base64.b64encode(f"{sid}:{token}".encode()).decode())
        assert urllib.request.urlopen(request).status == 201
        print("done")
        """;

    [Fact]
    public async Task Every_major_version_of_the_Node_SDK_and_fetch_and_axios_work() =>
        await ExpectAsync("node", environment => NodeScript.RunTextAsync(Node, environment));

    [Fact]
    public async Task The_CSharp_SDK_works() => await ExpectAsync("csharp", async environment =>
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        var snippet = new Snippet(nameof(UnmodifiedClientsTests), 1, "csharp", CSharp, null);
        var errors = SnippetProgram.Compile(snippet, CSharp, folder["Unmodified.dll"]);
        return errors.Length > 0 ? new(1, errors)
            : await SnippetProgram.RunAsync(folder["Unmodified.dll"], environment);
    });

    [Fact]
    public async Task Curl_works() =>
        await ExpectAsync("curl", environment => Command.RunAsync("bash", [], null, Curl, environment));

    [Fact]
    public async Task Python_works()
    {
        // A machine without Python has nothing to show. The clients that ./dev test clients installs include it.
        if (!File.Exists("/usr/bin/python3")) return;
        await ExpectAsync("python", environment =>
            Command.RunAsync("/usr/bin/python3", ["-"], null, Python, environment));
    }

    private async Task ExpectAsync(
        string language, Func<IReadOnlyList<(string Name, string Value)>, Task<CommandResult>> run)
    {
        using var environment = await UnmodifiedEnvironment.CreateAsync(server, language);

        var (exitCode, output) = await run(environment.Variables);

        Assert.True(exitCode == 0 && output.Contains("done", StringComparison.Ordinal), output);
    }
}
