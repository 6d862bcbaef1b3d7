using System.Globalization;

namespace MessagingServices.Server.Emulator.ClientEnvironment;

/// <summary>
/// The environment variables that lead an unmodified application to this server. Each was seen to work with Twilio's
/// SDK of the language: see <c>docs/sdks.md</c>.
/// </summary>
/// <param name="proxy">The server's URL, as the application reaches it.</param>
/// <param name="folder">Where the application finds the files.</param>
internal sealed class ClientVariables(Uri proxy, string folder)
{
    private const string Direct = "localhost,127.0.0.1";

    /// <summary>The variables of a language, in the order in which they are printed.</summary>
    public IEnumerable<(string Name, string Value)> Of(ClientLanguage language)
    {
        yield return ("HTTPS_PROXY", proxy.GetLeftPart(UriPartial.Authority));
        yield return ("NO_PROXY", Direct);
        var all = language == ClientLanguage.All;
        // Node's SDK reads this one, in upper case, for https too; Ruby's own client reads no other one.
        if (all || language is ClientLanguage.Node or ClientLanguage.Cli or ClientLanguage.Ruby)
            yield return ("HTTP_PROXY", proxy.GetLeftPart(UriPartial.Authority));
        if (all || language is ClientLanguage.Node or ClientLanguage.Cli)
        {
            yield return ("NODE_OPTIONS", $"--require {Quoted(FileIn(ClientFile.Preload))}");
            yield return ("NODE_EXTRA_CA_CERTS", FileIn(ClientFile.Authority));
        }

        if (all || language == ClientLanguage.Python)
        {
            yield return ("REQUESTS_CA_BUNDLE", FileIn(ClientFile.Bundle));
            yield return ("PYTHONPATH", folder);
        }

        if (all || language is ClientLanguage.Python or ClientLanguage.Csharp or ClientLanguage.Go
            or ClientLanguage.Ruby or ClientLanguage.Php) yield return ("SSL_CERT_FILE", FileIn(ClientFile.Bundle));
        if (all || language == ClientLanguage.Curl) yield return ("CURL_CA_BUNDLE", FileIn(ClientFile.Bundle));
        if (all || language == ClientLanguage.Java) yield return ("JAVA_TOOL_OPTIONS", JavaOptions());
        // The empty entry is PHP's own folder.
        if (all || language == ClientLanguage.Php) yield return ("PHP_INI_SCAN_DIR", $":{folder}");
    }

    private string FileIn(string name) => folder.TrimEnd('/') + "/" + name;

    private string JavaOptions()
    {
        string[] properties =
        [
            $"https.proxyHost={proxy.IdnHost}",
            string.Create(CultureInfo.InvariantCulture, $"https.proxyPort={proxy.Port}"),
            // Java's name for both schemes.
            $"http.nonProxyHosts={Direct.Replace(',', '|')}",
            $"javax.net.ssl.trustStore={FileIn(ClientFile.TrustStore)}",
            "javax.net.ssl.trustStoreType=PKCS12",
            $"javax.net.ssl.trustStorePassword={JavaTrustStore.Password}",
        ];
        return string.Join(' ', properties.Select(property => Quoted($"-D{property}")));
    }

    /// <summary>Node and Java split their variables at spaces.</summary>
    private static string Quoted(string text) =>
        text.Contains(' ', StringComparison.Ordinal) ? $"\"{text}\"" : text;
}
