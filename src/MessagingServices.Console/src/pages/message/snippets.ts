export type Connection = { url: string; account: string; token: string };
export type Parameters = Record<string, string>;

export const languages = ["curl", "C#", "Node", "Python"] as const;

/** Code that sends a message with these parameters to this server. */
export function snippet(language: string, parameters: Parameters, connection: Connection): string {
  switch (language) {
    case "C#":
      return csharp(parameters, connection);
    case "Node":
      return node(parameters, connection);
    case "Python":
      return python(parameters, connection);
    default:
      return curl(parameters, connection);
  }
}

export function curl(parameters: Parameters, { url, account, token }: Connection): string {
  const data = Object.entries(parameters).map(([name, value]) => `  --data-urlencode ${shell(`${name}=${value}`)}`);
  return [`curl -u ${account}:${token} ${url}/2010-04-01/Accounts/${account}/Messages.json`, ...data].join(" \\\n");
}

function node(parameters: Parameters, { url, account, token }: Connection): string {
  const options = Object.entries(parameters).map(([name, value]) => `  ${camel(name)}: ${argument(name, value, "[", "]")},`);
  return `import twilio from "twilio";

const client = twilio("${account}", "${token}");
client.api.baseUrl = "${url}/api";

const message = await client.messages.create({
${options.join("\n")}
});
console.log(message.sid, message.status);`;
}

function python(parameters: Parameters, { url, account, token }: Connection): string {
  const options = Object.entries(parameters).map(([name, value]) => `    ${snake(name)}=${argument(name, value, "[", "]")},`);
  return `from twilio.rest import Client

client = Client("${account}", "${token}")
client.api.base_url = "${url}/api"

message = client.messages.create(
${options.join("\n")}
)
print(message.sid, message.status)`;
}

function csharp(parameters: Parameters, { url, account, token }: Connection): string {
  const options = Object.entries(parameters).map(([name, value]) => {
    const text = quoted(value);
    return `    ${camel(name)}: ${name === "MediaUrl" ? `[new Uri(${text})]` : name === "StatusCallback" ? `new Uri(${text})` : text}`;
  });
  return `using Twilio;
using Twilio.Clients;
using Twilio.Rest.Api.V2010.Account;

var http = new Twilio.Http.SystemNetHttpClient(new HttpClient(new ToEmulator("${url}")));
TwilioClient.SetRestClient(new TwilioRestClient("${account}", "${token}", httpClient: http));

var message = await MessageResource.CreateAsync(
${options.join(",\n")});
Console.WriteLine($"{message.Sid} {message.Status}");

sealed class ToEmulator(string url) : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false })
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var uri = request.RequestUri!;
        if (uri.Host.EndsWith(".twilio.com"))
            request.RequestUri = new Uri($"{url}/{uri.Host.Split('.')[0]}{uri.PathAndQuery}");
        return base.SendAsync(request, cancellation);
    }
}`;
}

const camel = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
const snake = (name: string) => camel(name).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const shell = (text: string) => (/^[\w.:/@=+-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
// JSON's texts are also those of JavaScript, Python and C#, once surrogates stay characters.
const quoted = (text: string) => JSON.stringify(text);
const argument = (name: string, value: string, open: string, close: string) =>
  name === "MediaUrl" ? open + quoted(value) + close : quoted(value);
